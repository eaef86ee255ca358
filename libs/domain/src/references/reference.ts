/** Crockford's base 32: no I, L, O or U, so that nothing is mistaken for a digit and no word comes out by chance. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_CHARACTERS = 9;
const CHARACTERS = RANDOM_CHARACTERS + 1;
const PREFIX = 'RC';
/** Far more than a reference with any marks between its characters; longer input is not looked at. */
const LONGEST_INPUT = 100;

/** A case reference, `RC-XXXXX-XXXXX`: 45 random bits and a check character. Not a secret: nothing opens by it. */
export type Reference = string;

/** What became of something typed as a reference. */
export type ParsedReference =
  | { readonly ok: true; readonly reference: Reference }
  | { readonly ok: false; readonly reason: 'length' | 'characters' | 'check_character' };

/**
 * Makes a reference.
 * @param random at least 9 random bytes, of each of which the lowest 5 bits are used
 */
export function newReference(random: Uint8Array): Reference {
  if (random.length < RANDOM_CHARACTERS) throw new TypeError(`a reference needs ${RANDOM_CHARACTERS} random bytes`);
  const values = Array.from(random.subarray(0, RANDOM_CHARACTERS), (byte) => byte & 31);
  return written([...values, checkValue(values)]);
}

/**
 * Reads a reference as people type, paste and dictate it: either case, digits of any script, I and L for 1, O for 0, spaces, dashes and invisible marks
 * anywhere, with or without the `RC`. `check_character`: a slip in it.
 */
export function parseReference(input: string): ParsedReference {
  if (input.length > LONGEST_INPUT) return { ok: false, reason: 'length' };
  const typed = latinDigits(input.normalize('NFKC'))
    .replace(/[\p{White_Space}\p{Dash}\p{Cf}_.]/gu, '')
    .toUpperCase();
  const body = typed.length === CHARACTERS + PREFIX.length && typed.startsWith(PREFIX) ? typed.slice(2) : typed;
  const characters = body.replace(/[IL]/g, '1').replace(/O/g, '0');
  if (/[^0-9A-HJKMNP-TV-Z]/.test(characters)) return { ok: false, reason: 'characters' };
  if (characters.length !== CHARACTERS) return { ok: false, reason: 'length' };
  const values = Array.from(characters, (character) => ALPHABET.indexOf(character));
  if (checkValue(values.slice(0, RANDOM_CHARACTERS)) !== values[RANDOM_CHARACTERS]) {
    return { ok: false, reason: 'check_character' };
  }
  return { ok: true, reference: written(values) };
}

function written(values: readonly number[]): Reference {
  const characters = values.map((value) => ALPHABET.charAt(value)).join('');
  return `${PREFIX}-${characters.slice(0, 5)}-${characters.slice(5)}`;
}

/**
 * The sum of value i times g^(i+1) in the field with 32 elements (x^5 + x^2 + 1, g = x), by Horner's rule. The weights differ and none is zero, and the
 * check character itself has weight one, so it catches every single wrong character and every two characters exchanged: the slips of people who copy.
 */
function checkValue(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum = timesGenerator(sum ^ value);
  return sum;
}

function timesGenerator(value: number): number {
  const doubled = value << 1;
  return doubled & 32 ? doubled ^ 0b100101 : doubled;
}

/** Digits of any script as 0–9: Unicode keeps the ten digits of a script together and in order, and runs of several scripts in whole tens. */
function latinDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    let before = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
    return String(before % 10);
  });
}
