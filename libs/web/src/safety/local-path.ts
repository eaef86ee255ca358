/**
 * A place on this site to go on to after sign-in (`?next=…`), or undefined when it leads elsewhere or nowhere.
 * `//evil.example` and `/\evil.example` are other sites for a browser.
 */
export function localPath(next: unknown): string | undefined {
  if (typeof next !== 'string' || !next.startsWith('/')) return undefined;
  const here = 'http://here.invalid';
  if (!URL.canParse(next, here)) return undefined;
  const url = new URL(next, here);
  return url.origin === here ? `${url.pathname}${url.search}` : undefined;
}
