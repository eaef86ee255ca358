import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const LINK = /<a href="\/board"/;

describe('the board', () => {
  it('shows a supervisor what is late, with the clock, its day, who holds it and the way to the case', async () => {
    const { reference, trackId } = await rooms().given.filed();
    await rooms().given.owner.query(`UPDATE track SET next_due_at = '2026-01-05T22:59:59.999Z' WHERE id = $1`, [trackId]);
    const supervisor = await Colleague.signedIn(rooms(), 'supervisor');
    const { status, text } = await supervisor.open('/board');
    expect(status).toBe(200);
    const row = text.split('<tr').find((one) => one.includes(reference)) ?? '';
    expect(row).toContain(`href="/cases/${reference}"`);
    expect(textOf(row)).toMatch(/Received Harm to a person.* Complaints desk Nobody Acknowledge 5 January 2026 Late by \d+ days/);
  });

  it('says of a clock that was given more time when it first ran out', async () => {
    const { reference, trackId } = await rooms().given.filed();
    await rooms().given.owner.query(
      `UPDATE deadline SET due_at = '2026-01-12T22:59:59.999Z', missed_at = '2026-01-05T22:59:59.999Z' WHERE track_id = $1`,
      [trackId],
    );
    await rooms().given.owner.query(`UPDATE track SET next_due_at = '2026-01-12T22:59:59.999Z' WHERE id = $1`, [trackId]);
    const supervisor = await Colleague.signedIn(rooms(), 'supervisor');
    const row = (await supervisor.open('/board')).text.split('<tr').find((one) => one.includes(reference)) ?? '';
    expect(textOf(row)).toContain('First ran out on 5 January 2026');
    const officer = await Colleague.signedIn(rooms(), 'officer');
    expect(textOf((await officer.open(`/cases/${reference}`)).text)).toContain('First ran out on 5 January 2026');
  });

  it('has its parts as links with their counts, and stays on one when the language is changed', async () => {
    const director = await Colleague.signedIn(rooms(), 'director');
    const { text } = await director.open('/board?show=unheld');
    expect(text).toMatch(/href="\/board\?show=unheld" aria-current="page"/);
    expect(text).toContain('href="?show=unheld&amp;lang=ar"');
    expect(textOf((await director.open('/board?show=paused')).text)).toContain('paused for 30 days or longer');
    const arabic = await director.open('/board?show=paused&lang=ar');
    expect(textOf(arabic.text)).toContain('منذ 30 يوماً أو أكثر');
    expect(arabic.text).toContain('dir="rtl"');
    expect(textOf(arabic.text)).toContain('لا شيء موقوف منذ زمن طويل.');
  });

  it('has a page after the first', async () => {
    for (let count = 0; count < 2; count += 1) await rooms().given.filed();
    const supervisor = await Colleague.signedIn(rooms(), 'supervisor');
    const first = (await supervisor.agent.get('/api/v1/board?show=unheld&limit=1')).body as { items: unknown[]; next: string };
    expect(first.items).toHaveLength(1);
    const later = await supervisor.open(`/board?show=unheld&after=${first.next}`);
    expect(later.text).toContain('href="/board?show=unheld">Back to the first page');
  });

  it('shows the first part for an address that is none', async () => {
    const supervisor = await Colleague.signedIn(rooms(), 'supervisor');
    const { status, text } = await supervisor.open('/board?show=everything');
    expect(status).toBe(200);
    expect(text).toMatch(/href="\/board\?show=late" aria-current="page"/);
  });

  it.each(['supervisor', 'director'])('is linked from the pages of a %s', async (signInName) => {
    expect((await (await Colleague.signedIn(rooms(), signInName)).open('/cases')).text).toMatch(LINK);
  });

  it.each(['officer', 'administrator'])('is refused to an %s, by the ordinary page, and not linked', async (signInName) => {
    const colleague = await Colleague.signedIn(rooms(), signInName);
    expect((await colleague.open('/procedures')).text).not.toMatch(LINK);
    const refused = await colleague.open('/board');
    expect(refused.status).toBe(403);
    expect(refused.text).not.toContain('/board?show=');
  });

  it('sends somebody who is not signed in to sign in', async () => {
    const { status, headers } = await new Colleague(rooms()).open('/board');
    expect([status, headers['location']]).toEqual([303, '/sign-in?next=%2Fboard']);
  });

  it('shows a supervisor of another team nothing of the desk’s', async () => {
    const { reference } = await rooms().given.filed();
    await rooms().given.stranger();
    await rooms().given.owner.query(`UPDATE staff_member SET role = 'supervisor' WHERE sign_in_name = 'stranger'`);
    const stranger = await Colleague.signedIn(rooms(), 'stranger');
    const { status, text } = await stranger.open('/board?show=unheld');
    expect(status).toBe(200);
    expect(text).not.toContain(reference);
    expect(textOf(text)).toContain('Every open case is in somebody’s hands.');
  });
});
