import { existsSync, readdirSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { projectRoot } from './project-root';

/** What came of reading one text: a value, or what was expected instead (a phrase that follows "expected"). */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly expected: string };

/** How the text of a setting becomes a value. */
export interface SettingType<T> {
  /** Name for the documentation, for example `port`. */
  readonly name: string;
  /** An invented value in the right form, for documentation. */
  readonly example: string;
  /**
   * @param text what the environment says, trimmed and never empty
   * @param context what a value may depend on
   */
  readonly read: (text: string, context: ReadingContext) => Reading<T>;
}

/** What a value may depend on besides its own text. */
export interface ReadingContext {
  /** Absolute folder that relative paths start from. */
  readonly baseFolder: string;
}

const fine = <T>(value: T): Reading<T> => ({ ok: true, value });
const wanted = (expected: string): Reading<never> => ({ ok: false, expected });

/** Any text in one line. */
export const text: SettingType<string> = {
  name: 'text',
  example: 'Example Association',
  read: (given) => (/\p{Cc}/u.test(given) ? wanted('one line of text without control characters') : fine(given)),
};

/** A TCP port, 1 to 65535. */
export const port: SettingType<number> = {
  name: 'port',
  example: '3000',
  read: (given) => wholeNumber(1, 65_535, '').read(given, { baseFolder: '' }),
};

/** A folder; a relative one starts at the project's root. The value is absolute. */
export const folder: SettingType<string> = {
  name: 'folder',
  example: 'var',
  read: (given, { baseFolder }) => (given.includes('\0') ? wanted('a folder') : fine(resolve(baseFolder, given))),
};

/** 32 bytes as 64 hexadecimal digits. */
export const key: SettingType<Buffer> = {
  name: '64 hexadecimal digits',
  example: '0123456789abcdef'.repeat(4),
  read: (given) => (/^[0-9a-f]{64}$/i.test(given) ? fine(Buffer.from(given, 'hex')) : wanted('64 hexadecimal digits (32 bytes)')),
};

/** One folder for each language of the pages. */
const LANGUAGES = join(projectRoot, 'libs/web/languages');

/** Codes of languages (BCP 47), separated by commas; the first one is the fallback. */
export const languages: SettingType<readonly string[]> = {
  name: 'language codes',
  example: 'en,ar',
  read: (given) => {
    const codes = given.split(',').map((code) => code.trim());
    const areFine = codes.every((code) => /^[a-z]{2,3}(-[A-Za-z]{4})?(-[A-Z]{2})?$/.test(code)) && new Set(codes).size === codes.length;
    if (!areFine) return wanted('language codes separated by commas, each once, like en,ar');
    const there = codes.every((code) => existsSync(join(LANGUAGES, code)));
    return there ? fine(Object.freeze(codes)) : wanted(`languages that there are: ${readdirSync(LANGUAGES).join(', ')}`);
  },
};

/** A time zone by its IANA name. */
export const timeZone: SettingType<string> = {
  name: 'time zone',
  example: 'Europe/Zurich',
  read: (given) => {
    try {
      return fine(new Intl.DateTimeFormat('en', { timeZone: given }).resolvedOptions().timeZone);
    } catch (error) {
      if (error instanceof RangeError) return wanted('an IANA time zone like Europe/Zurich');
      throw error;
    }
  },
};

/** Fewest bits of a subnet, by version of IP: wider ones are no proxies of anybody, and would let half the world say where it comes from. */
const LEAST_BITS: Readonly<Record<number, number>> = { 4: 8, 6: 16 };

/** Addresses, subnets (`10.1.0.0/16`) and the words that express knows for private ranges, separated by commas. */
export const proxies: SettingType<readonly string[]> = {
  name: 'addresses or subnets',
  example: 'loopback,10.1.0.0/16',
  read: (given) => {
    const all = given.split(',').map((one) => one.trim());
    if (!all.every(isProxy)) return wanted('addresses or subnets separated by commas, or loopback, linklocal, uniquelocal');
    return all.some(isTooWide) ? wanted('subnets of your own proxies: no wider than /8 (IPv4) or /16 (IPv6)') : fine(Object.freeze(all));
  },
};

function isProxy(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  const areBitsFine = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
  return ['loopback', 'linklocal', 'uniquelocal'].includes(text) || (version !== 0 && areBitsFine && more.length === 0);
}

function isTooWide(text: string): boolean {
  const [address = '', bits] = text.split('/');
  // An IPv4 address may be written as one of IPv6.
  const isMapped = /^::ffff:/i.test(address);
  const least = isMapped ? 96 + (LEAST_BITS[4] ?? 0) : (LEAST_BITS[isIP(address)] ?? 0);
  return bits !== undefined && Number(bits) < least;
}

/** An address of the form `name@host` or `Name <name@host>`. */
export const sender: SettingType<string> = {
  name: 'mail address',
  example: 'Example Association <desk@example.org>',
  read: (given) =>
    /^(?:[^<>@\p{Cc}]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u.test(given) ? fine(given) : wanted('name@host or Name <name@host>'),
};

/**
 * A whole number between two limits, both included.
 * @param unit shown in the documentation
 */
export function wholeNumber(least: number, most: number, unit: string): SettingType<number> {
  return {
    name: unit === '' ? 'number' : unit,
    example: String(least),
    read: (given) => {
      const value = Number(given);
      const isFine = /^\d+$/.test(given) && value >= least && value <= most;
      return isFine ? fine(value) : wanted(`a whole number from ${least} to ${most}`);
    },
  };
}

/**
 * How much of something is taken within a day, and in all, as two whole numbers.
 * @param leastADay fewer would cut somebody off
 */
export function allowance(leastADay: number, unit: string): SettingType<{ readonly aDay: number; readonly inAll: number }> {
  return {
    name: `${unit} a day/in all`,
    example: `${leastADay}/${leastADay * 10}`,
    read: (given) => {
      const [, aDay, inAll] = (/^(\d{1,9}) *\/ *(\d{1,9})$/.exec(given) ?? []).map(Number);
      const isFine = aDay !== undefined && inAll !== undefined && aDay >= leastADay && inAll >= aDay;
      return isFine
        ? fine(Object.freeze({ aDay, inAll }))
        : wanted(`two whole numbers like ${leastADay}/${leastADay * 10}: at least ${leastADay} a day, and no fewer in all`);
    },
  };
}

/** One of a few words. */
export function oneOf<const T extends string>(...words: readonly T[]): SettingType<T> {
  return {
    name: words.join(' | '),
    example: words[0] ?? '',
    read: (given) => {
      const word = words.find((candidate) => candidate === given);
      return word === undefined ? wanted(`one of ${words.join(', ')}`) : fine(word);
    },
  };
}

/**
 * An address whose scheme is one of a few.
 * @param example an invented one
 * @param schemes without the colon
 */
export function address(example: string, ...schemes: readonly string[]): SettingType<string> {
  return {
    name: 'address',
    example,
    read: (given) => {
      const parsed = URL.canParse(given) ? new URL(given) : undefined;
      const isFine = parsed !== undefined && schemes.includes(parsed.protocol.slice(0, -1)) && parsed.host !== '';
      return isFine ? fine(given) : wanted(`an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`);
    },
  };
}

/**
 * How time goes in a training workspace: `<pace> since <instant of the machine> from <case time>`. A pace of 0 stands still; 86400 lets a day
 * pass in a second.
 */
export const trainingTime: SettingType<{ readonly pace: number; readonly startedAt: Date; readonly shows: Date }> = {
  name: 'pace since instant from instant',
  example: '1440 since 2026-11-24T09:00:00.000Z from 2027-02-01T12:00:00.000Z',
  read: (given) => {
    const [, pace, since, from] = /^(\d{1,5}) since (\S+Z) from (\S+Z)$/.exec(given) ?? [];
    const [startedAt, shows] = [new Date(since ?? ''), new Date(from ?? '')];
    const isFine = Number(pace) <= 86_400 && !Number.isNaN(startedAt.getTime()) && !Number.isNaN(shows.getTime());
    return isFine ? fine(Object.freeze({ pace: Number(pace), startedAt, shows })) : wanted('what `npm start -- --clock` sets');
  },
};

/** A web address without a trailing slash, so that paths can be put behind it. */
export const webAddress: SettingType<string> = {
  name: 'web address',
  example: 'https://complaints.example.org',
  read: (given, context) => {
    const reading = address('', 'http', 'https').read(given, context);
    return reading.ok ? fine(given.replace(/\/+$/, '')) : reading;
  },
};
