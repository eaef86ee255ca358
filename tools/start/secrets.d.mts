/** See secrets.mjs. */
export function readSecrets(
  secretsDir: string,
  dataDir: string,
): { readonly settings: Readonly<Record<string, string>>; readonly rolePasswords: Readonly<Record<string, string>> };
