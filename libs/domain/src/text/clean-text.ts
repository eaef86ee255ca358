/** C0 and C1 control characters but tab and line feed, and the byte order mark: nothing a person types, and PostgreSQL refuses NUL. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFEFF]/gu;

/**
 * Bidirectional embeddings, overrides and isolates: they can make a text read otherwise than it is (CVE-2021-42574) and turn around the page after it.
 * The marks LRM, RLM and ALM stay: writers of Arabic and Hebrew need them, and they turn nothing but the character beside them.
 */
const BIDI_CONTROL = /[\u202A-\u202E\u2066-\u2069]/gu;

const LINE_END = /\r\n?|\u0085|\u2028|\u2029/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * Text as a person typed it, made safe to store and show: control characters and bidirectional controls removed, every line end a line feed, lone
 * surrogates replaced by U+FFFD, composed to NFC. Letters, joiners (which Persian and Hindi need), emoji and spaces stay as they are. Cleaning twice
 * changes nothing.
 */
export function cleanText(input: string): string {
  return input.replace(LINE_END, '\n').replace(CONTROL, '').replace(BIDI_CONTROL, '').replace(LONE_SURROGATE, '\uFFFD').normalize('NFC');
}

/** The number of characters as limits count them: code points, so that an emoji is one and not two. */
export function countCharacters(text: string): number {
  return [...text].length;
}
