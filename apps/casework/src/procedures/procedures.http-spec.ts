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

  it('are read as a diagram with a title, and as a table', async () => {
    const officer = await Colleague.signedIn(rooms());
    const { status, text } = await officer.open('/procedures/remedy/1');
    expect(status).toBe(200);
    expect(text).toMatch(/<svg role="img" aria-labelledby="diagram-title diagram-description"/);
    expect(text).toContain('<title id="diagram-title">Stages and actions: Remedy for harm</title>');
    expect([...text.matchAll(/<rect /g)]).toHaveLength(10);
    expect(textOf(text)).toMatch(/Received Acknowledge: 5 working days Acknowledge officer, supervisor, director Acknowledged/);
    expect(textOf(text)).toContain('Recorded: The complainant agreed that the company is told');
    expect(text).not.toMatch(/ style="/);
  });

  it('say each stage and its clocks once, in a group of rows of its own', async () => {
    const officer = await Colleague.signedIn(rooms());
    const { text } = await officer.open('/procedures/remedy/1');
    const groups = text.split('<tbody ').slice(1);
    expect(groups).toHaveLength(10);
    for (const group of groups) {
      const rows = [...group.matchAll(/<tr /g)].length;
      const [, span = '1'] = /scope="rowgroup"[^>]*?(?: rowspan="(\d+)")?>/.exec(group) ?? [];
      expect([...group.matchAll(/scope="rowgroup"/g)]).toHaveLength(1);
      expect([...group.matchAll(/rc-table__of-group/g)]).toHaveLength(1);
      expect(Number(span)).toBe(rows);
    }
    expect(textOf(text).match(/Decide whether it is admissible: 20 working days/g)).toHaveLength(1);
    expect(text).toMatch(/<tbody [^>]*id="stage-withdrawn">[^]*colspan="4">The case ends here\./);
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
