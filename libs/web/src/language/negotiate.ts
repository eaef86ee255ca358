/**
 * Picks a language from an `Accept-Language` header (RFC 9110 §12.5.4; matching by RFC 4647 lookup: `ar-EG` → `ar`).
 * @returns the best of `offered`, or undefined when the header names none of them.
 */
export function negotiateLanguage(header: string | undefined, offered: readonly string[]): string | undefined {
  const wishes = (header ?? '')
    .split(',')
    .slice(0, 30)
    .map((part, order) => ({ ...readWish(part), order }))
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality || a.order - b.order);
  for (const wish of wishes) {
    const found = lookUp(wish.tag, offered);
    if (found) return found;
  }
  return undefined;
}

function readWish(part: string): { tag: string; quality: number } {
  const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  return { tag: tag.toLowerCase(), quality: Number.isFinite(quality) ? quality : 0 };
}

function lookUp(tag: string, offered: readonly string[]): string | undefined {
  for (let range = tag; range !== ''; range = range.slice(0, Math.max(range.lastIndexOf('-'), 0))) {
    const found = offered.find((code) => code.toLowerCase() === range);
    if (found) return found;
  }
  return undefined;
}
