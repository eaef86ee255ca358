import { isScalar } from 'yaml';
import { didYouMean } from './did-you-mean';
import type { CheckedDocument, Field } from './document';
import { readMap, readText, type NamedField } from './read-fields';
import { DURATION_UNITS, LONGEST_DAYS, nominalDays, type Duration } from '../clocks/duration';
import type { Wording } from '../procedures/procedure';
import { cleanText, countCharacters } from '../text/clean-text';

/** The longest wording, in characters. What a frightened person is told on one page is far shorter. */
const LONGEST_WORDING = 2000;
const MOST_LANGUAGES = 60;

/** Reads a wording in the languages of the document. */
export type ReadWording = (field: Field | undefined) => Wording;

/** A duration such as `5 working_days`. */
export function readDuration(document: CheckedDocument, field: Field | undefined): Duration | undefined {
  // As it was typed: “.nan” and “1e3” are numbers to YAML.
  const typed =
    field && isScalar(field.node) && typeof field.node.value === 'number'
      ? (field.node.source ?? String(field.node.value))
      : readText(document, field);
  if (typed === undefined || !field) return undefined;
  const parts = /^\s*(-?\d+)\s+([a-z_]+)\s*$/i.exec(typed);
  const unit = DURATION_UNITS.find((known) => known === parts?.[2] || known === `${parts?.[2]}s`);
  if (!parts || !unit) {
    document.report(field, 'invalid_duration', `“${typed}” is not a duration.`, durationMeant(typed));
    return undefined;
  }
  const duration = { amount: Number(parts[1]), unit };
  if (duration.amount <= 0) {
    document.report(field, 'duration_not_positive', `“${typed}” is no time at all.`, 'One or more.');
    return undefined;
  }
  if (nominalDays(duration) > LONGEST_DAYS) {
    document.report(
      field,
      'duration_too_long',
      `“${typed}” is more than ten years.`,
      'Make it shorter: a case that waits for so long is forgotten.',
    );
    return undefined;
  }
  return duration;
}

/** What somebody may have meant who wrote `5 days`, `2 working days` or `3 workingdays`. */
function durationMeant(typed: string): string {
  const [, amount = '', words = ''] = /^\s*(\d{1,9})\s*([a-z_ -]*)$/i.exec(typed) ?? [];
  const word = words
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  if (/^days?$/.test(word)) return `Did you mean “${amount} working_days” or “${amount} calendar_days”?`;
  const unit = DURATION_UNITS.find((known) => known === word || known === `${word}s`);
  if (unit) return `Did you mean “${amount} ${unit}”?`;
  return (word === '' ? undefined : didYouMean(word, DURATION_UNITS)) ?? `A whole number and one of: ${DURATION_UNITS.join(', ')}.`;
}

/** True for a BCP 47 tag in its usual form: `pt-MZ`, not `pt_mz`. */
export function isLanguageTag(tag: string): boolean {
  if (!/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,6}$/.test(tag)) return false;
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** A text in each of the languages, no more and no fewer. */
export function readWording(document: CheckedDocument, field: Field | undefined, languages: readonly string[]): Wording {
  if (!field) return {};
  const wording: Record<string, string> = {};
  for (const entry of readLanguages(document, field, languages)) {
    const text = readText(document, entry);
    if (text === undefined) continue;
    if (countCharacters(text) > LONGEST_WORDING) {
      document.report(entry, 'text_too_long', `The text has more than ${LONGEST_WORDING} characters.`, 'Shorten it.');
    }
    if (text.includes('\uFFFD')) {
      document.report(entry, 'text_not_clean', 'A character of the text was lost (�).', 'Save the file as UTF-8.');
    } else if (cleanText(text) !== text) {
      document.report(
        entry,
        'text_not_clean',
        'The text holds invisible control characters, or is not in the usual composition (NFC).',
        'Write the text anew, without copying it from elsewhere.',
      );
    }
    wording[entry.name] = text.trim();
  }
  return wording;
}

function readLanguages(document: CheckedDocument, field: Field, languages: readonly string[]): readonly NamedField[] {
  const entries = readMap(document, field, MOST_LANGUAGES) ?? [];
  for (const entry of entries) {
    if (languages.includes(entry.name)) continue;
    const message = `The document does not declare the language “${entry.name}”.`;
    document.report({ ...entry, at: entry.nameAt }, 'unknown_language', message, `Declared: ${languages.join(', ')}.`);
  }
  for (const language of languages) {
    if (entries.some(({ name }) => name === language)) continue;
    const message = `The wording in “${language}” is missing.`;
    document.reportAtPath({ path: field.path, code: 'missing_wording', message, hint: `Add “${language}: …” here.` });
  }
  return entries;
}
