import { PublishProcedure, RuleBook, UseProcedure } from '@recourse/cases';
import type { ComplaintKind } from '@recourse/domain';
import { shippedProcedure, shippedProcedureText } from '@recourse/testing';
import { publicDoor, Visitor } from '../../test-support/public-door';
import { processPage } from './process.page';

const door = publicDoor();

/** Each shipped procedure that a complaint can begin on, and what the page of it is asked by. */
const shown: readonly (readonly [procedure: string, kind: ComplaintKind | undefined])[] = [
  ['compliance', 'harm'],
  ['remedy', 'credible_evidence'],
  ['company_mechanism', 'company_mechanism'],
  ['whistleblower', undefined],
  ['development_bank', 'other'],
];
const openedByThem = ['appeal', 'information_request'];

// Before the desk is asked for the first time: it knows its procedures for ten seconds.
beforeAll(async () => {
  const now = new Date();
  const codes = [...shown.map(([code]) => code), ...openedByThem];
  const [first, ...together] = codes.map((code) => ({ text: shippedProcedureText(code), fileName: `${code}.yaml` }));
  const published =
    first && (await new PublishProcedure(door().owner, new RuleBook()).run({ ...first, together, staffing: 'to_come', now }));
  if (!published?.ok) throw new Error(JSON.stringify(published));
  for (const [procedure, kind] of shown) {
    const used = await new UseProcedure(door().owner).run({ procedure, ...(kind && { kind }), now });
    if (!used.ok) throw new Error(JSON.stringify(used));
  }
}, 60_000);

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The page of one procedure, in pieces. */
async function pageOf(kind: ComplaintKind | undefined, language: string) {
  const page = await new Visitor(door()).open(`/what-happens?lang=${language}${kind ? `&kind=${kind}` : ''}`);
  const [svg = ''] = /<svg class="rc-diagram__picture".*?<\/svg>/s.exec(page.html) ?? [];
  const [table = ''] = /<table.*?<\/table>/s.exec(page.html) ?? [];
  const ids = [...page.html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id);
  return { page, svg, table, ids };
}

const cases = shown.flatMap(([code, kind]) => ['en', 'ar'].map((language) => [code, language, kind] as const));

describe.each(cases)('the picture of %s in %s', (code, language, kind) => {
  it('leads from each box to the step it is of, by a link with the name of the step and its time', async () => {
    const { page, svg, ids } = await pageOf(kind, language);
    expect(page.status).toBe(200);
    const links = [...svg.matchAll(/<a href="#(stage-[^"]+)" xlink:href="#\1">(.*?)<\/a>/gs)];
    const steps = [...page.html.matchAll(/<li id="(stage-[^"]+)".*?<h2 [^>]*>(.*?)<\/h2>/gs)];
    expect(links.length).toBeGreaterThan(5);
    expect(links.map(([, id]) => id).sort()).toEqual(steps.map(([, id]) => id).sort());
    // Its lines are read as one name.
    for (const [, id, name = ''] of steps) {
      const read = textOf(links.find((link) => link[1] === id)?.[2] ?? '');
      expect([read.startsWith(`${name} `), read.length > name.length + 1]).toEqual([true, true]);
    }
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(svg).toMatch(/^<svg [^>]*role="group" aria-labelledby="diagram-title diagram-description"/);
  });

  it('calls nothing as staff do, and names no action and no role', async () => {
    const { svg, table } = await pageOf(kind, language);
    const { stages, actions } = shippedProcedure(code);
    const publicWords = stages.map(({ publicName }) => publicName[language]).join(' / ');
    const staffWords = [...stages.map(({ staffName }) => staffName), ...actions.map(({ name }) => name)]
      .flatMap((wording) => wording[language] ?? [])
      .filter((word) => !publicWords.includes(word));
    expect(staffWords.length).toBeGreaterThan(20);
    const written = `${textOf(svg)} / ${textOf(table)}`;
    expect(staffWords.filter((word) => written.includes(word))).toEqual([]);
    expect(
      actions.filter((action) => new RegExp(`\\b${action.code}\\b`).test(svg + table) && !stages.some((one) => one.code === action.code)),
    ).toEqual([]);
    expect(written).not.toMatch(/officer|supervisor|director|موظف|مشرف|مدير/i);
  });

  it('is a table too, with what can follow each step and how long it may take', async () => {
    const { page, svg, table, ids } = await pageOf(kind, language);
    const procedure = shippedProcedure(code);
    const { stages } = procedure;
    const told = processPage(procedure, language).stages;
    const rows = table.split('<tr role="row">').slice(2);
    expect(table).toMatch(/<caption [^>]*>.+<\/caption>/);
    expect(rows).toHaveLength([...svg.matchAll(/<a href/g)].length);
    const targets = [...table.matchAll(/href="#([^"]+)"/g)].map(([, id = '']) => id);
    expect(targets.length).toBeGreaterThan(rows.length);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
    for (const row of rows) {
      const name = textOf(/<th scope="row"[^>]*>(.*?)<\/th>/s.exec(row)?.[1] ?? '');
      const stage = stages.find(({ publicName }) => publicName[language] === name);
      expect(stage).toBeDefined();
      if (stage?.isEnd) expect(row).not.toContain('<a ');
      // One time limit, and whatever can make it longer: each as the step says it.
      const { limits } = told.find((one) => one.name === name) ?? { limits: [] };
      const sentences = [...row.matchAll(/<p>(.*?)<\/p>/g)].map(([, sentence = '']) => sentence);
      expect(sentences).toHaveLength(stage?.isEnd ? 0 : 1 + limits.flatMap(({ changes }) => changes).length);
      const [step = ''] = page.html.split('<li id="').filter((item) => item.startsWith(`stage-${stage?.code ?? ''}"`));
      expect(sentences.filter((sentence) => !step.includes(`>${sentence}<`))).toEqual([]);
    }
    expect(page.html).not.toMatch(/ style="/);
  });
});

it('the table says what can make a time limit longer, and of which of several parts', async () => {
  const rowOf = (table: string, name: string): string =>
    textOf(table.split('<tr role="row">').find((row) => row.includes(`>${name}</th>`)) ?? '');
  const screening = rowOf((await pageOf('credible_evidence', 'en')).table, 'We are looking at it');
  expect(screening).toContain('If we need more time, this can be made longer 2 times, each time by 20 working days.');
  expect(screening).toContain('For a good reason we can stop this time, for 6 months at most. You see it with your number.');
  const compliance = await pageOf('harm', 'en');
  expect(rowOf(compliance.table, 'We are looking into it')).toContain(
    '60 working days: For a good reason we can stop this time, for 6 months',
  );
  const again = 'For a good reason this time can begin again, ';
  expect(rowOf(compliance.table, 'We are asking for comments')).toContain(`${again}3 times at most.`);
  expect(rowOf(compliance.table, 'We are working on what follows')).toContain(`6 months: ${again}2 times at most.`);
});

it('a step of several parts says how long each may take, and is told once', async () => {
  const { page, table } = await pageOf('harm', 'en');
  const parts = 'This step has several parts. Each should take no longer than: 15 working days, or 3 months, or 6 months';
  expect(textOf(table)).toContain(parts);
  const [step = ''] = page.html.split('<li id="stage-').filter((item) => item.startsWith('findings"'));
  expect(textOf(step)).toContain(parts);
  expect(textOf(step)).not.toContain('Should take no longer');
  expect(page.html.match(/<h2 class="govuk-heading-s">We are working on what follows<\/h2>/g)).toHaveLength(1);
});

it('somebody’s own complaint stands in the step that their stage is a part of', async () => {
  const writer = new Visitor(door());
  await writer.file('Somebody looks away.');
  await writer.follow();
  // Where a second part of a step begins, with the clock that runs there.
  const clocksOf = (code: string) => shippedProcedure('compliance').stages.find((stage) => stage.code === code)?.clocks ?? [];
  const [before, after] = ['concern_opened', 'fact_finding'].map((code) => clocksOf(code)[0]?.code);
  await door().owner.query('UPDATE deadline SET kind = $2 WHERE kind = $1', [before, after]);
  await door().owner.query(`UPDATE track SET stage = 'fact_finding'`);
  const visitor = new Visitor(door());
  await visitor.open('/return');
  await visitor.press({ number: writer.receipt });
  await visitor.follow();
  await visitor.open('/my-complaint/steps/1?lang=en');
  expect(visitor.html).toContain('href="#stage-dialogue"');
  expect(visitor.html).toMatch(/<li id="stage-dialogue" class="rc-process__here" aria-current="step">/);
  expect(visitor.html.match(/aria-current="step"/g)).toHaveLength(1);
});
