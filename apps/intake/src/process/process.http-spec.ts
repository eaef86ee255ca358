import { PublishProcedure, RuleBook } from '@recourse/cases';
import { shippedProcedure, shippedProcedureText } from '@recourse/testing';
import { publicDoor, Visitor } from '../../test-support/public-door';

const door = publicDoor();

const SECOND_CLOCK = `    clocks:
      greet:
        name: { en: Greet, ar: ترحيب }
        within: 3 calendar_days
        publicName: { en: You hear that it has arrived, ar: تعرف أنها وصلت }
        ladder: [{ after: 1 working_day, tell: director }]`;

const ACROSS_STAGES = `
clocks:
  whole:
    name: { en: Finish it, ar: إنهاؤها }
    within: 12 months
    startsOn: track_opened
    pausesIn: waiting_for_information
    stopsIn: [company_engaged, agreed]
    ladder: [{ after: 1 working_day, tell: director }]
outcomes:`;

// Before the desk is asked for the first time: it knows its procedure for ten seconds.
beforeAll(async () => {
  const text = shippedProcedureText('remedy');
  const rules = new RuleBook();
  const changed = text
    .replace('version: 1', 'version: 2')
    .replace('within: 5 working_days', 'within: 7 working_days')
    .replace('    clocks:', SECOND_CLOCK)
    .replace('\noutcomes:', ACROSS_STAGES);
  const document = { text: changed, fileName: 'remedy.yaml', staffing: 'to_come', now: new Date() } as const;
  const published = await new PublishProcedure(door().owner, rules).run(document);
  if (!published.ok) throw new Error('the second version was refused');
});

/** The steps of the page, each as text. */
function steps({ html }: Visitor): ReadonlyMap<string, string> {
  const items = html.split('<li id="stage-').slice(1);
  return new Map(items.map((item) => [item.slice(0, item.indexOf('"')), item.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')]));
}

describe('the page of what happens to a complaint, and when', () => {
  it.each(['en', 'ar'])('has every stage of the published procedure in its public words: %s', async (language) => {
    const procedure = shippedProcedure('remedy');
    const page = await new Visitor(door()).open(`/what-happens?lang=${language}`);
    expect(page.status).toBe(200);
    expect([...steps(page).keys()]).toEqual(procedure.stages.map(({ code }) => code));
    for (const { code, publicName, publicMeaning, publicNext } of procedure.stages) {
      for (const wording of [publicName, publicMeaning, publicNext]) expect(steps(page).get(code)).toContain(wording[language]);
    }
  });

  it('folds each step to its name and what it may take, and opens the first', async () => {
    const { html } = await new Visitor(door()).open('/what-happens?lang=en');
    const folds = [...html.matchAll(/<details class="rc-fold"( open)?>\s*<summary>(.*?)<\/summary>/gs)];
    const procedure = shippedProcedure('remedy');
    expect(folds.map(([, open]) => open !== undefined)).toEqual(procedure.stages.map((_, place) => place === 0));
    expect(folds[1]?.[2]).toMatch(/A person has read it<\/h2>.*Should take no longer than 5 working days/s);
    expect(folds.at(-1)?.[2]).toContain('The complaint ends here.');
  });

  it('is of the newest published version', async () => {
    const page = await new Visitor(door()).open('/what-happens?lang=en');
    expect(steps(page).get('received')).toContain('Should take no longer than 7 working days');
    expect(steps(page).get('acknowledged')).toContain('Should take no longer than 5 working days');
  });

  it('shows every time limit of a step that the public may know, and what can change it', async () => {
    const english = await new Visitor(door()).open('/what-happens?lang=en');
    expect(steps(english).get('received')).toMatch(
      /You hear that it has arrived: no longer than 3 days .*Should take no longer than 7 working days/,
    );
    expect(steps(english).get('screening')).toContain('For a good reason we can stop this time, for 6 months at most.');
    const arabic = await new Visitor(door()).open('/what-happens?lang=ar');
    expect(steps(arabic).get('received')).toMatch(/تعرف أنها وصلت: يجب ألا يستغرق أكثر من 3 أيام .*7 أيام عمل/);
  });

  it('ends with the time limits of several steps together, each step in quotes of its own', async () => {
    const page = await new Visitor(door()).open('/what-happens?lang=en');
    const text = page.html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toMatch(/From “Your complaint has reached us” to “[^”]+” or “[^”]+”: no longer than 12 months\./);
    expect(text).toContain('This time does not run in: “We have asked you something”.');
  });

  it('says where each step leads, and how it can end', async () => {
    const page = await new Visitor(door()).open('/what-happens?lang=en');
    expect(steps(page).get('received')).toMatch(/What can follow: .*A person has read it/);
    expect(steps(page).get('company_engaged')).toContain('3 months');
    expect(steps(page).get('closed')).toMatch(/How it can end: .*What went wrong has been put right/);
    expect(steps(page).get('closed')).not.toContain('What can follow');
  });

  it('counts as the language counts', async () => {
    const page = await new Visitor(door()).open('/what-happens?lang=ar');
    expect(steps(page).get('received')).toContain('7 أيام عمل');
    expect(steps(page).get('screening')).toContain('20 يوم عمل');
    expect(page.html).toContain('dir="rtl"');
  });

  it('leads only to steps that are on the page', async () => {
    const page = await new Visitor(door()).open('/what-happens?lang=en');
    const targets = [...page.html.matchAll(/href="#stage-([^"]*)"/g)].map(([, code]) => code);
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((code) => !steps(page).has(code ?? ''))).toEqual([]);
  });
});
