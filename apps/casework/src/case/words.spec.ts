import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@recourse/config';
import {
  ACTOR_KINDS,
  allClocks,
  ANONYMITIES,
  CHANNELS,
  COMPLAINT_KINDS,
  GUARD_NAMES,
  PARTY_ROLES,
  STAFF_ROLES,
  type Procedure,
  type Wording,
} from '@recourse/domain';
import { TOPICS } from '@recourse/messaging';
import { shippedProcedure, shippedProcedureCodes } from '@recourse/testing';
import { Languages } from '@recourse/web';
import { codeWords } from './code-word';

/**
 * A code has a word wherever a page or a mail prints one. `codeWords` shows a code legible where there is none, for what an institution's own procedure
 * invents; for what is shipped that would be a mistake that nobody sees in English.
 */

const foldersIn = (folder: string): string[] =>
  readdirSync(join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

const pageLanguages = foldersIn('libs/web/languages');
const mailLanguages = foldersIn('libs/notify/templates');
const languages = Languages.load(['en', ...pageLanguages.filter((code) => code !== 'en')]);

const procedures = shippedProcedureCodes().map(shippedProcedure);

const outcomes = procedures.flatMap(({ closingOutcomes }) => closingOutcomes.map(({ code }) => code));

describe('our words for codes', () => {
  it.each([
    ['outcome', outcomes],
    ['clock_state', ['met', 'missed_met', 'cancelled']],
    ['channel', CHANNELS],
    ['kind', COMPLAINT_KINDS],
    ['anonymity', ANONYMITIES],
    ['party', PARTY_ROLES],
    ['role', STAFF_ROLES],
    // What an administrator sees of the outbox.
    ['topic', TOPICS],
    // What the software did by itself has no author.
    ['actor', ACTOR_KINDS.filter((kind) => kind !== 'system')],
  ] as const)('are there for every %s, and are words', (area, codes) => {
    expect(codes.length).toBeGreaterThan(0);
    const missing = codes.filter((code) => !languages.knows(`casework-words.${area}.${code}`));
    expect(missing).toEqual([]);
    for (const language of pageLanguages) {
      const word = codeWords(languages, languages.in(language));
      expect(codes.map((code) => word(area, code)).filter((said) => said.includes('_'))).toEqual([]);
    }
  });

  it('are there for every guard', () => {
    expect(GUARD_NAMES.filter((guard) => !languages.knows(`casework-refusals.guards.${guard}`))).toEqual([]);
  });
});

describe("the procedures' own words", () => {
  const optional = (where: string, wording: Wording | undefined): readonly (readonly [string, Wording])[] =>
    wording === undefined ? [] : [[where, wording]];

  /** Everything a page or a mail takes from the document, by where it stands there. */
  const wordings = (document: Procedure): readonly (readonly [string, Wording | undefined])[] => {
    const { procedure, title, note, facts, stages, actions, closingOutcomes } = document;
    return [
      [procedure, title],
      ...optional(`${procedure} note`, note),
      ...facts.map((fact) => [`fact ${fact.code}`, fact.name] as const),
      ...stages.flatMap((stage) => [
        [`stage ${stage.code}`, stage.staffName] as const,
        [`stage ${stage.code} in public`, stage.publicName] as const,
        [`stage ${stage.code}: its meaning`, stage.publicMeaning] as const,
        [`stage ${stage.code}: what follows`, stage.publicNext] as const,
      ]),
      ...actions.flatMap((action) => [
        [`action ${action.code}`, action.name] as const,
        ...optional(`action ${action.code}: its hint`, action.hint),
        ...optional(`action ${action.code}: what its letter says`, action.messageHint),
        ...action.inputs.flatMap((input) => [
          [`${action.code}.${input.name}`, input.label] as const,
          ...optional(`${action.code}.${input.name}: its hint`, input.hint),
          ...input.choices.map((choice) => [`${action.code}.${input.name}: ${choice.code}`, choice.name] as const),
        ]),
      ]),
      ...closingOutcomes.flatMap((outcome) => [
        [`outcome ${outcome.code}`, outcome.staffName] as const,
        [`outcome ${outcome.code} in public`, outcome.publicName] as const,
      ]),
      ...allClocks(document).flatMap((clock) => [
        [`clock ${clock.code}`, clock.name] as const,
        ...optional(`clock ${clock.code} in public`, clock.publicName),
      ]),
    ];
  };

  it.each([...new Set([...pageLanguages, ...mailLanguages])])('are there in every language of pages and mails: %s', (language) => {
    const all = procedures.flatMap(wordings);
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter(([, wording]) => (wording?.[language] ?? '').trim() === '').map(([where]) => where)).toEqual([]);
  });
});
