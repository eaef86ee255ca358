import type { Procedure, Stage, Wording } from '@recourse/domain';
import { diagramFaults, shippedProcedure, shippedProcedureCodes } from '@recourse/testing';
import { EVERYWHERE, Languages, type Diagram } from '@recourse/web';
import { processPicture } from './process-picture';
import { processPage } from './process.page';

const languages = Languages.load(['en', 'ar']);

const shipped = shippedProcedureCodes().map(shippedProcedure);

const drawn = (procedure: Procedure, language: string): Diagram => processPicture(processPage(procedure, language), languages.in(language));

/** What the complainant is told in a stage: whoever is told the same in two stages knows of one. */
const told = ({ publicName, publicMeaning, publicNext }: Stage, language: string): string =>
  [publicName, publicMeaning, publicNext].map((wording) => wording[language]).join(' / ');

/** Every pair of different steps between which an action leads, told from the document itself. */
function waysIn({ stages, actions }: Procedure, language: string): readonly string[] {
  const of = (code: string): string => stages.flatMap((stage) => (stage.code === code ? [told(stage, language)] : [])).join();
  const ways = actions.flatMap(({ from, to }) => from.map((code) => [of(code), of(to)] as const)).filter(([, to]) => to !== '');
  return [...new Set(ways.filter(([from, to]) => from !== to).map((way) => way.join(' > ')))].sort();
}

/** The same of the picture, with what is drawn once for all steps counted for each; a way that is drawn twice is there twice. */
function waysDrawn({ boxes, arrows }: Diagram, { stages }: Procedure, language: string): readonly string[] {
  const of = (code: string): string => stages.flatMap((stage) => (stage.code === code ? [told(stage, language)] : [])).join();
  const open = boxes.filter(({ kind }) => kind === 'stage').map(({ code }) => code);
  return arrows.flatMap(({ from, to }) => (from === EVERYWHERE ? open : [from]).map((code) => `${of(code)} > ${of(to)}`)).sort();
}

/** Everything that the document calls by a name for staff, in one language. */
function staffWords({ stages, actions, facts, clocks, closingOutcomes }: Procedure, language: string): readonly string[] {
  const wordings: readonly (Wording | undefined)[] = [
    ...stages.map(({ staffName }) => staffName),
    ...actions.flatMap(({ name, hint, messageHint, inputs }) => [name, hint, messageHint, ...inputs.map(({ label }) => label)]),
    ...facts.map(({ name }) => name),
    ...[...clocks, ...stages.flatMap((stage) => stage.clocks)].map(({ name }) => name),
    ...closingOutcomes.map(({ staffName }) => staffName),
  ];
  return wordings.flatMap((wording) => wording?.[language] ?? []);
}

const pictures = shipped.flatMap((procedure) =>
  ['en', 'ar'].map((language) => [procedure.procedure, language, procedure, drawn(procedure, language)] as const),
);

describe.each(pictures)('the picture of %s for the public in %s', (_name, language, procedure, diagram) => {
  it('has nothing on, across or outside of what it does not belong to', () => {
    expect(diagramFaults(diagram)).toEqual([]);
  });

  it('has each step once, in the words for the public and with the most that it may take', () => {
    const names = procedure.stages.map((stage) => told(stage, language));
    const boxes = diagram.boxes.filter(({ kind }) => kind !== 'everywhere');
    expect(boxes).toHaveLength(new Set(names).size);
    for (const { code, name, note, kind } of boxes) {
      const stage = procedure.stages.find((one) => one.code === code);
      expect([name, kind]).toEqual([stage?.publicName[language], stage?.isEnd ? 'end' : 'stage']);
      expect(note).toMatch(stage?.isEnd ? /^(the end|النهاية)$/ : /^(each part )?up to \d+ |^(كل جزء )?حتى /);
    }
  });

  it('has every way of the document between its steps exactly once, and no other', () => {
    expect(waysDrawn(diagram, procedure, language)).toEqual(waysIn(procedure, language));
  });

  it('tells nothing by its number, and calls nothing as staff do', () => {
    expect(diagram.arrows.filter(({ label }) => label)).toEqual([]);
    const publicWords = procedure.stages.map(({ publicName }) => publicName[language]).join(' / ');
    const words = staffWords(procedure, language).filter((word) => !publicWords.includes(word));
    expect(words.length).toBeGreaterThan(15);
    const written = diagram.boxes.map(({ name, note }) => `${name} / ${note ?? ''}`).join(' / ');
    expect(words.filter((word) => written.includes(word))).toEqual([]);
  });

  it('is as wide as the smallest phone, where its letters are as large as text', () => {
    expect(diagram.width).toBe(288);
    expect(diagram.measures.font).toBeGreaterThanOrEqual(16);
    expect(diagram.measures.noteFont).toBeGreaterThanOrEqual(14);
  });
});

it('a step of several parts is one box, and says so of its time', () => {
  expect(drawn(shippedProcedure('compliance'), 'en').boxes.map(({ name, note }) => [name, note])).toEqual([
    ['We have taken up a concern', 'up to 15 working days'],
    ['We are looking into it', 'each part up to 60 working days'],
    ['We have asked you something', 'up to 30 days'],
    ['We are asking for comments', 'up to 20 working days'],
    ['We are working on what follows', 'each part up to 6 months'],
    ['From any step', undefined],
    ['Our work on it is finished', 'the end'],
  ]);
});
