import { nominalDays, type Clock, type Procedure, type Stage, type Wording } from '@recourse/domain';
import { changedProcedure, diagramFaults, shippedProcedure, shippedProcedureCodes } from '@recourse/testing';
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

/** The most that a clock may take by the rules, in days on the average: given as much time, begun as often and stopped for as long as they allow. */
function mostDays({ actions }: Procedure, { code, within }: Clock): number {
  return actions
    .flatMap(({ changesClocks }) => changesClocks.filter(({ clock }) => clock === code))
    .reduce((days, operation) => {
      switch (operation.operation) {
        case 'extend':
          return days + operation.times * nominalDays(operation.by);
        case 'restart':
          return days + operation.times * nominalDays(within);
        case 'pause':
          return days + nominalDays(operation.atMost);
        case 'resume':
          return days;
      }
    }, nominalDays(within));
}

/** Whether a step is over after the longest of its times, whatever the rules allow. Stages that tell the public the same are one step. */
function isTheMost(procedure: Procedure, { code }: { readonly code: string }, language: string): boolean {
  const words = procedure.stages.flatMap((stage) => (stage.code === code ? [told(stage, language)] : []));
  const clocks = procedure.stages
    .filter((stage) => words.includes(told(stage, language)))
    .flatMap((stage) => {
      const ofAll = stage.clocks.filter(({ publicName }) => publicName === undefined);
      return ofAll.length > 0 ? ofAll : stage.clocks;
    });
  const longest = Math.max(...clocks.map(({ within }) => nominalDays(within)));
  return clocks.every((clock) => mostDays(procedure, clock) <= longest);
}

const pictures = shipped.flatMap((procedure) =>
  ['en', 'ar'].map((language) => [procedure.procedure, language, procedure, drawn(procedure, language)] as const),
);

describe.each(pictures)('the picture of %s for the public in %s', (_name, language, procedure, diagram) => {
  it('has nothing on, across or outside of what it does not belong to', () => {
    expect(diagramFaults(diagram)).toEqual([]);
  });

  it('has each step once, in the words for the public and with its time', () => {
    const names = procedure.stages.map((stage) => told(stage, language));
    const boxes = diagram.boxes.filter(({ kind }) => kind !== 'everywhere');
    expect(boxes).toHaveLength(new Set(names).size);
    for (const { code, name, note, kind } of boxes) {
      const stage = procedure.stages.find((one) => one.code === code);
      expect([name, kind]).toEqual([stage?.publicName[language], stage?.isEnd ? 'end' : 'stage']);
      expect(note).toMatch(stage?.isEnd ? /^(the end|النهاية)$/ : /^(each part )?(usually )?up\sto \d+\s|^(كل جزء )?(عادةً )?حتى /);
    }
  });

  it('promises a time as the most that a step takes where the rules let it take no longer, and there alone', () => {
    const steps = diagram.boxes.filter(({ kind }) => kind === 'stage');
    expect(steps.length).toBeGreaterThan(2);
    const isPromised = (note = ''): boolean => !/usually|عادةً/.test(note);
    expect(steps.map((step) => [step.code, isPromised(step.note)])).toEqual(
      steps.map((step) => [step.code, isTheMost(procedure, step, language)]),
    );
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
    expect(diagram.boxes.filter(({ smallText }) => smallText.lines.length > 2).map(({ note }) => note)).toEqual([]);
  });
});

it('both a time that can be made longer and one that cannot are drawn', () => {
  const promised = shipped.flatMap((procedure) =>
    drawn(procedure, 'en').boxes.flatMap((box) => (box.kind === 'stage' ? [isTheMost(procedure, box, 'en')] : [])),
  );
  expect(promised.filter((one) => one).length).toBeGreaterThan(20);
  expect(promised.filter((one) => !one).length).toBeGreaterThan(10);
});

it('a step of several parts is one box, and says so of its time', () => {
  expect(drawn(shippedProcedure('compliance'), 'en').boxes.map(({ name, note }) => [name, note?.replaceAll('\u00a0', ' ')])).toEqual([
    ['We have taken up a concern', 'up to 15 working days'],
    ['We are looking into it', 'each part usually up to 60 working days'],
    ['We have asked you something', 'up to 30 days'],
    ['We are asking for comments', 'usually up to 20 working days'],
    ['We are working on what follows', 'each part usually up to 6 months'],
    ['From any step', undefined],
    ['Our work on it is finished', 'the end'],
  ]);
});

it('promises no time where a shorter one that can be lengthened may end up the longest', () => {
  const named = changedProcedure('remedy', (text) =>
    text
      .replace(
        '        within: 20 working_days\n',
        `        within: 20 working_days
        publicName: { en: We decide, ar: نقرر }
`,
      )
      .replace(
        '      decide_admissibility:\n',
        `      write:
        name: { en: Write, ar: الكتابة }
        publicName: { en: We write, ar: نكتب }
        within: 25 working_days
        ladder: [{ after: 1 working_day, tell: director }]
      decide_admissibility:
`,
      ),
  );
  const box = drawn(named, 'en').boxes.find(({ code }) => code === 'screening');
  expect(box?.note?.replaceAll('\u00a0', ' ')).toBe('usually up to 25 working days');
});

it('breaks a time between its words, and never after its number', () => {
  const { boxes } = drawn(shippedProcedure('remedy'), 'en');
  const lines = boxes.flatMap(({ code, smallText }) => (code === 'screening' ? smallText.lines.map(({ text }) => text) : []));
  expect(lines).toEqual(['usually up to', '20\u00a0working days']);
});
