import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A form in which a text could lie somewhere. */
interface Trace {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The text as it would lie in bytes: UTF-8 and both UTF-16, each plain, in base64 and in hexadecimal digits. */
function tracesOf(text: string): Trace[] {
  const littleEndian = Buffer.from(text, 'utf16le');
  const codings = { 'UTF-8': Buffer.from(text, 'utf8'), 'UTF-16LE': littleEndian, 'UTF-16BE': Buffer.from(littleEndian).swap16() };
  return Object.entries(codings).flatMap(([name, bytes]) => [
    { name, bytes },
    ...[0, 1, 2].map((shift) => ({ name: `base64 of ${name}`, bytes: Buffer.from(base64Inside(bytes, shift), 'latin1') })),
    { name: `hexadecimal of ${name}`, bytes: Buffer.from(bytes.toString('hex'), 'latin1') },
    { name: `capital hexadecimal of ${name}`, bytes: Buffer.from(bytes.toString('hex').toUpperCase(), 'latin1') },
  ]);
}

/** The characters of base64 that are the same whatever comes before, `shift` bytes after a boundary of three, and after. */
function base64Inside(bytes: Buffer, shift: number): string {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  return whole.slice(shift === 0 ? 0 : shift + 1, -2);
}

/**
 * Looks for texts in bytes, in every form in which they could lie there. Bytes that a database prints as hexadecimal digits are covered too:
 * each form is also looked for as such digits.
 * @param found names the haystack in the answer
 * @returns one line for each trace, empty when there is none
 */
export function findTraces(texts: readonly string[], place: string, haystack: Buffer): string[] {
  return texts.flatMap((text) =>
    tracesOf(text).flatMap(({ name, bytes }) => {
      const digits = Buffer.from(bytes.toString('hex'), 'latin1');
      return haystack.includes(bytes) || haystack.includes(digits) ? [`${place}: “${text}” as ${name}`] : [];
    }),
  );
}

/** Every file below a folder, with what is in it. A file that goes away meanwhile is left out. */
export function* filesBelow(folder: string): Generator<{ readonly path: string; readonly content: Buffer }> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    try {
      yield { path, content: readFileSync(path) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
}
