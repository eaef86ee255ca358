/** A text of a picture, laid out before anybody knows the font: widths are reckoned, and rather too wide than too narrow. */

/** Width of a text in the units of the picture. Wide letters and signs of East Asia count as a whole square. */
export function textWidth(text: string, fontSize: number): number {
  const ems = [...text].reduce((sum, letter) => sum + widthOf(letter), 0);
  return Math.ceil(ems * fontSize);
}

/** The letters of all procedures and languages are a few hundred, and each is asked for thousands of times in one picture. */
const known = new Map<string, number>();

function widthOf(letter: string): number {
  let width = known.get(letter);
  if (width === undefined) {
    width = reckonedWidth(letter);
    known.set(letter, width);
  }
  return width;
}

function reckonedWidth(letter: string): number {
  // Signs that turn the direction are not seen.
  if (/[\p{Mark}\p{Cf}]/u.test(letter)) return 0;
  if (/[\u2e80-\u9fff\uac00-\ud7af\uff00-\uff60]/u.test(letter)) return 1;
  if (/[MWmw@—]/u.test(letter)) return 1;
  if (/[ \u00a0.,:;'’!|ijl()]/u.test(letter)) return 0.38;
  return /\p{Lu}/u.test(letter) ? 0.78 : 0.66;
}

/** Words in lines of a width; a word that is wider than a line is cut. What a no-break space joins stays together where a line has room for it. */
export function wrapped(text: string, width: number, fontSize: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text
    .split(/[^\S\u00a0]+/)
    .flatMap((one) => (textWidth(one, fontSize) <= width ? [one] : one.split('\u00a0')))
    .filter((one) => one !== '')
    .flatMap((one) => cut(one, width, fontSize))) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, fontSize) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** In as few lines, each about as long as the others: a single word below a long line looks lost. */
export function balanced(text: string, width: number, fontSize: number): readonly string[] {
  let lines = wrapped(text, width, fontSize);
  for (let narrower = justTooNarrow(lines, width, fontSize); narrower > width / 2; narrower = justTooNarrow(lines, narrower, fontSize)) {
    const others = wrapped(text, narrower, fontSize);
    // A word that is cut is one line more or a wider one, never a better one.
    if (others.length > lines.length || others.join(' ') !== lines.join(' ')) break;
    lines = others;
  }
  return lines;
}

/** Down to the width of the longest line the lines stay the same. */
function justTooNarrow(lines: readonly string[], width: number, fontSize: number): number {
  return Math.min(width, Math.max(...lines.map((line) => textWidth(line, fontSize)))) - 1;
}

function cut(word: string, width: number, fontSize: number): readonly string[] {
  if (textWidth(word, fontSize) <= width) return [word];
  const parts: string[] = [];
  for (const letter of word) {
    const last = parts.at(-1);
    if (last !== undefined && textWidth(last + letter, fontSize) <= width) parts[parts.length - 1] = last + letter;
    else parts.push(letter);
  }
  return parts;
}
