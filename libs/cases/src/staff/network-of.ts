import { isIP } from 'node:net';

/**
 * The part of an address that one household or office has: an IPv4 address as it is, the first 56 bits of an IPv6 address, of which a household is given that many
 * (RFC 6177), so that nobody counts as many by taking the next one. A port behind it, which some proxies add, is none of it. What is no address stands for itself.
 */
export function networkOf(address: string): string {
  const plain = withoutPort(address)
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .replace(/%.*$/, '');
  if (isIP(plain) !== 6) {
    return plain;
  }
  const [before = '', after] = plain.toLowerCase().split('::');
  const [head, tail] = [before, after ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = after === undefined ? 0 : 8 - groups(head) - groups(tail);
  const all = [...(head ?? []), ...Array<string>(Math.max(zeros, 0)).fill('0'), ...(tail ?? [])];
  const [first, second, third, fourth] = all.map((group) => parseInt(group, 16));
  return `${[first, second, third, (fourth ?? 0) & 0xff00].map((group) => (group ?? 0).toString(16)).join(':')}::/56`;
}

function withoutPort(address: string): string {
  return address.replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1').replace(/^\[([^\]]*)\](?::\d+)?$/, '$1');
}

/** An IPv4 address at the end takes the place of two. */
function groups(part: readonly string[] | undefined): number {
  return (part ?? []).reduce((count, group) => count + (group.includes('.') ? 2 : 1), 0);
}
