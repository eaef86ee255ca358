import { sodium } from './sodium';

/** The 24 digits of a receipt as ASCII without spaces: 23 random ones, then a check digit. A secret of its holder. */
export type Receipt = string;

/** What became of something a person typed as their receipt. */
export type NormalisedReceipt =
  { readonly ok: true; readonly digits: Receipt } | { readonly ok: false; readonly reason: 'length' | 'characters' | 'check_digit' };

const RANDOM_DIGITS = 23;
const ALL_DIGITS = RANDOM_DIGITS + 1;
const GROUP = 4;
/** Far more than 24 digits with any number of marks between them; longer input is not looked at. */
const LONGEST_INPUT = 400;

/** The quasigroup of order 10 from H. Michael Damm's thesis (Marburg, 2004), as every published implementation has it. */
const DAMM: readonly string[] = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

/**
 * The check digit of Damm's algorithm, "0" to "9". It catches every single wrong digit and every two neighbours
 * exchanged, which are the slips of people who copy or dictate numbers. `digits` is ASCII.
 */
export function checkDigit(digits: string): string {
  let interim = '0';
  for (const digit of digits) interim = DAMM[Number(interim)]?.[Number(digit)] ?? notADigit();
  return interim;
}

/**
 * The receipt that belongs to a seed of 32 bytes: BLAKE2b-256 of the seed, keyed with `recourse/v1|receipt`, as a big-endian
 * number modulo 10^23 in decimal with leading zeros, then the check digit. The bias of the modulo is below 2^-179.
 */
export function newReceiptFrom(seed: Buffer): Receipt {
  if (seed.length < 32) throw new TypeError('A receipt needs a seed of at least 32 bytes.');
  const hash = Buffer.alloc(32);
  sodium.crypto_generichash(hash, seed, Buffer.from('recourse/v1|receipt', 'utf8'));
  const number = BigInt(`0x${hash.toString('hex')}`) % 10n ** BigInt(RANDOM_DIGITS);
  const digits = number.toString().padStart(RANDOM_DIGITS, '0');
  return digits + checkDigit(digits);
}

/**
 * Reads a receipt as people type, paste and dictate it: decimal digits of any script (Unicode class Nd), with spaces,
 * dashes and invisible marks (directional marks, zero-width characters, soft hyphens) anywhere.
 * `characters`: something else was in it; `length`: not 24 digits; `check_digit`: a slip in the digits.
 */
export function normaliseReceipt(input: string): NormalisedReceipt {
  if (input.length > LONGEST_INPUT) return { ok: false, reason: 'length' };
  let digits = '';
  // U+2212 is the minus sign; U+0640 the Arabic tatweel, which looks like a dash and sits on the same keyboard.
  for (const character of input.replace(/[\p{White_Space}\p{Pd}\p{Cf}\u2212\u0640]/gu, '')) {
    if (!/\p{Nd}/u.test(character)) return { ok: false, reason: 'characters' };
    digits += String(digitValue(character));
  }
  if (digits.length !== ALL_DIGITS) return { ok: false, reason: 'length' };
  return checkDigit(digits) === '0' ? { ok: true, digits } : { ok: false, reason: 'check_digit' };
}

/** The receipt as it is shown and read aloud: six groups of four, separated by plain spaces. */
export function formatReceipt(digits: Receipt): string {
  return (
    expectReceipt(digits)
      .match(new RegExp(`\\d{${GROUP}}`, 'g'))
      ?.join(' ') ?? digits
  );
}

/** Throws a TypeError (a bug of the caller) unless `digits` is a normalised receipt; the message does not repeat it. */
export function expectReceipt(digits: string): Receipt {
  if (!/^[0-9]{24}$/.test(digits)) throw new TypeError('A receipt must be normalised to 24 ASCII digits first.');
  return digits;
}

/**
 * The value of a decimal digit. Unicode encodes the digits of a script in one ascending run from zero to nine, and runs
 * may touch, so the number of digits right before a character, modulo ten, is its value (Unicode Standard, 4.6).
 */
function digitValue(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(codePoint - before - 1))) before += 1;
  return before % 10;
}

function notADigit(): never {
  throw new TypeError('A check digit can be computed over ASCII digits only.');
}
