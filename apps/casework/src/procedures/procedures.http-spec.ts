import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('the published procedures', () => {
  it('are listed with their version and the open tracks that the reader may see', async () => {
    await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    const page = await officer.open('/procedures');
    expect(page.status).toBe(200);
    expect(page.text).toContain('href="/procedures/remedy/1"');
    expect(page.text).toMatch(/data-label="Open cases that you see">1</);
    const administrator = await Colleague.signedIn(rooms(), 'administrator');
    expect((await administrator.open('/procedures')).text).toMatch(/data-label="Open cases that you see">0</);
  });

  it('are read as a diagram with a title, and in words', async () => {
    const officer = await Colleague.signedIn(rooms());
    const { status, text } = await officer.open('/procedures/remedy/1');
    expect(status).toBe(200);
    expect(text).toMatch(/<svg [^>]*role="img" aria-labelledby="diagram-title diagram-description"/);
    expect(text).toContain('<title id="diagram-title">Stages and actions: Remedy for harm</title>');
    expect(text).not.toMatch(/<svg [^>]*(width|height)=/);
    expect(textOf(text)).toMatch(/Acknowledge 5 working days calendar: geneva .*1 working day late: the team lead \(e-mail\)/);
    expect(textOf(text)).toMatch(/Acknowledge Leads to: Acknowledged officer, supervisor, or director/);
    expect(textOf(text)).toContain('Recorded: The complainant agreed that the company is told');
    expect(text).not.toMatch(/ style="/);
  });

  it('have a block for each stage with its clocks once, and every link within the page leads somewhere', async () => {
    const officer = await Colleague.signedIn(rooms());
    const { text } = await officer.open('/procedures/remedy/1');
    expect([...text.matchAll(/<section [^>]*id="stage-/g)]).toHaveLength(10);
    expect(textOf(text).match(/Decide whether it is admissible 20 working days/g)).toHaveLength(1);
    expect(textOf(text)).toMatch(/Withdrawn The case ends here\. The complainant reads:/);
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const targets = [...text.matchAll(/href="#((?:stage|action)-[^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(30);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('fold each block to its name and its time limits, all but those that are as short, and open all of them at one address', async () => {
    const officer = await Colleague.signedIn(rooms());
    const { text } = await officer.open('/procedures/remedy/1');
    // Seven stages that are no ends, and what can be done in several.
    expect(text.match(/<details class="rc-fold">/g)).toHaveLength(8);
    expect(text).toMatch(
      /<summary><h3 class="govuk-heading-m">Screening<\/h3><span class="rc-fold__limit">Decide whether it is admissible: 20 working days<\/span><\/summary>/,
    );
    expect(textOf(text)).toMatch(/Received Every case begins here\. Acknowledge: 5 working days/);
    const opened = (await officer.open(/href="(\?open=all)#by-stage"/.exec(text)?.[1]?.replace(/^/, '/procedures/remedy/1') ?? '')).text;
    expect(opened.match(/<details class="rc-fold" open>/g)).toHaveLength(8);
    expect(opened).not.toContain('<details class="rc-fold">');
    expect(opened).toContain('href="?#by-stage"');
  });

  it('are in Arabic for who reads Arabic', async () => {
    const officer = await Colleague.signedIn(rooms());
    const { text } = await officer.open('/procedures/remedy/1?lang=ar');
    expect(text).toContain('dir="rtl"');
    expect(textOf(text)).toContain('جبر الضرر');
    expect(textOf(text)).toContain('5 أيام عمل');
  });

  it.each(['/procedures/remedy/2', '/procedures/nothing/1', '/procedures/remedy/one', '/procedures/remedy/1e0'])(
    'are not found where there is none: %s',
    async (path) => {
      const officer = await Colleague.signedIn(rooms());
      expect((await officer.open(path)).status).toBe(404);
    },
  );

  it('are shown to nobody who is not signed in', async () => {
    expect((await new Colleague(rooms()).open('/procedures')).status).toBe(303);
  });

  it('are linked from the case and from every page', async () => {
    const { reference } = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    const { text } = await officer.open(`/cases/${reference}`);
    expect(text).toContain('href="/procedures/remedy/1"');
    expect(text).toMatch(/<a href="\/procedures">Procedures<\/a>/);
  });
});
