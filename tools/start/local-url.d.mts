/** See local-url.mjs. */
export function localUrl(port: string | undefined, usual: number): string;
