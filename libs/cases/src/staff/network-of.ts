import { isIP } from 'node:net';

/**
 * The part of an address that one household or office has: an IPv4 address as it is, the first 64 bits of an IPv6 address, of which everybody is given that many
 * (RFC 6177), so that nobody counts as many by taking the next one. What is no address stands for itself.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIP(plain) !== 6) {
    return plain;
  }
  const [before = '', after] = plain.toLowerCase().split('::');
  const [head, tail] = [before, after ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = after === undefined ? 0 : 8 - groups(head) - groups(tail);
  const all = [...(head ?? []), ...Array<string>(Math.max(zeros, 0)).fill('0'), ...(tail ?? [])];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

/** An IPv4 address at the end takes the place of two. */
function groups(part: readonly string[] | undefined): number {
  return (part ?? []).reduce((count, group) => count + (group.includes('.') ? 2 : 1), 0);
}
