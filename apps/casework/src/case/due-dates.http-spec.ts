import type { CaseView, QueuePage } from '@recourse/cases';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

// East of every shipped calendar: the end of a day in Riyadh or Geneva is the next day there.
const rooms = staffRooms('Asia/Manila');

/** A case whose clocks run out at this instant by this calendar. */
async function dueAt(calendar: string, at: string): Promise<string> {
  const { owner } = rooms().given;
  const { reference, trackId } = await rooms().given.filed();
  await owner.query(`UPDATE deadline SET calendar = $2, due_at = $3 WHERE track_id = $1 AND state = 'running'`, [trackId, calendar, at]);
  await owner.query('UPDATE track SET next_due_at = $2 WHERE id = $1', [trackId, at]);
  return reference;
}

describe('dates by which something is to be done', () => {
  it.each([
    ['gulf', '2031-01-14T20:59:59.999Z'],
    ['geneva', '2031-01-14T22:59:59.999Z'],
  ])('are the last day as the calendar counts it, in the list and in the case: %s', async (calendar, at) => {
    const reference = await dueAt(calendar, at);
    const officer = await Colleague.signedIn(rooms());
    const list = await officer.open('/cases?show=all');
    const row = list.text.split('<tr').find((one) => one.includes(reference)) ?? '';
    expect(row).toContain('<time datetime="2031-01-14">14 January 2031</time>');
    const page = await officer.open(`/cases/${reference}`);
    expect(page.text).toContain('To be done by 14 January 2031<');
    expect(page.text).not.toContain('15 January 2031');
  });

  it('are days in the API as well', async () => {
    const reference = await dueAt('gulf', '2031-01-14T20:59:59.999Z');
    const { agent } = await Colleague.signedIn(rooms());
    const { items } = (await agent.get('/api/v1/cases')).body as QueuePage;
    expect(items.find((item) => item.reference === reference)?.nextDueOn).toBe('2031-01-14');
    const { tracks } = (await agent.get(`/api/v1/cases/${reference}`)).body as CaseView;
    expect(tracks[0]?.clocks.filter(({ state }) => state === 'running').map(({ dueOn }) => dueOn)).toEqual(['2031-01-14']);
  });

  it('have an hour where the clock counts hours', async () => {
    const reference = await dueAt('geneva', '2031-01-14T12:30:00.000Z');
    const supervisor = await Colleague.signedIn(rooms(), 'supervisor');
    expect((await supervisor.open(`/cases/${reference}`)).text).toContain('To be done by 14 January 2031 at 20:30');
    for (const list of ['/cases?show=all', '/board?show=unheld']) {
      const row = (await supervisor.open(list)).text.split('<tr').find((one) => one.includes(reference)) ?? '';
      expect(row).toContain('<time datetime="2031-01-14T12:30:00.000Z">14 January 2031 at 20:30</time>');
    }
    const { items } = (await supervisor.agent.get('/api/v1/cases')).body as QueuePage;
    expect(items.find((item) => item.reference === reference)).toMatchObject({ nextDueOn: '2031-01-14', nextDueWithinTheDay: true });
  });
});
