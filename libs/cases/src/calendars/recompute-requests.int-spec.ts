import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '@recourse/config';
import { findLatestCalendarVersion, inTransaction } from '@recourse/persistence';
import { Given, testDatabase, type GivenCase } from '@recourse/testing';
import { RuleBook } from '../procedures/rule-book';
import { PreviewCalendar } from './preview-calendar';
import { loadPublicHolidays } from './public-holidays';
import { PublishCalendar } from './publish-calendar';
import { RecomputeRequests } from './recompute-requests';

/** A Monday, before work in Geneva. A second person has five working days to agree to a closing. */
const MONDAY = new Date('2026-03-02T07:00:00Z');
const evening = (date: string): Date => new Date(`${date}T22:59:59.999Z`);

describe('requests for a second person, when their calendar changes', () => {
  const database = testDatabase();
  let given: Given;
  let geneva: string;
  beforeAll(async () => {
    given = await Given.in(database, MONDAY);
    geneva = await readFile(join(projectRoot, 'libs/domain/calendars/geneva.yaml'), 'utf8');
  }, 60_000);

  const publish = async (...closed: readonly string[]): Promise<void> => {
    const text = closed.length === 0 ? geneva : `${geneva}closures:\n${closed.map((date) => `  ${date}: Closed\n`).join('')}`;
    const published = await new PublishCalendar(given.owner).run({
      text,
      fileName: 'geneva.yaml',
      holidays: await loadPublicHolidays(),
      replaces: (await findLatestCalendarVersion(given.owner.manager, 'geneva'))?.version ?? 0,
      now: MONDAY,
    });
    expect(published).toMatchObject({ ok: true });
  };
  const preview = async (...closed: readonly string[]) => {
    const text = `${geneva}closures:\n${closed.map((date) => `  ${date}: Closed\n`).join('')}`;
    const input = { text, fileName: 'geneva.yaml', holidays: await loadPublicHolidays(), now: new Date('2026-03-10T12:00:00Z') };
    const result = await new PreviewCalendar(given.owner, new RuleBook()).run(input);
    if (!result.ok) throw new Error(JSON.stringify(result));
    return result.preview;
  };
  const recompute = () => new RecomputeRequests(given.worker, given.institution.rules).run();
  const asked = async (): Promise<GivenCase> => {
    const filed = await given.caseIn('admissible', { now: MONDAY });
    const closing = { outcome: 'unable_to_determine', reason: 'Nobody knows.', message: 'We could not find out.' };
    await given.performed(filed, { action: 'close_without_remedy', actor: given.institution.supervisor, ...closing, now: MONDAY });
    return filed;
  };
  const dueOf = async ({ trackId }: GivenCase): Promise<Date | undefined> => {
    const [row] = await given.owner.query<{ due: Date }[]>('SELECT answer_due_at AS due FROM approval_request WHERE track_id = $1', [
      trackId,
    ]);
    return row?.due;
  };

  it('are to be answered by the days that hold now, and back; what is answered, or being answered, is left alone', async () => {
    const [waiting, answered, held] = [await asked(), await asked(), await asked()];
    expect(await recompute()).toEqual({ recomputed: 0, moved: 0 });
    const before = await dueOf(waiting);
    expect(before).toEqual(evening('2026-03-09'));
    await given.owner.query(`UPDATE approval_request SET state = 'declined', answered_at = now() WHERE track_id = $1`, [answered.trackId]);

    await publish('2026-03-05', '2026-03-06');
    await inTransaction(given.casework, async (tx) => {
      await tx.query('SELECT FROM approval_request WHERE track_id = $1 FOR NO KEY UPDATE', [held.trackId]);
      expect(await Promise.all([recompute(), recompute()]).then((all) => all.reduce((sum, { moved }) => sum + moved, 0))).toBe(1);
    });
    expect([await dueOf(waiting), await dueOf(answered), await dueOf(held)]).toEqual([evening('2026-03-11'), before, before]);
    expect(await recompute()).toEqual({ recomputed: 1, moved: 1 });
    expect(await dueOf(held)).toEqual(evening('2026-03-11'));

    await publish();
    expect(await recompute()).toEqual({ recomputed: 2, moved: 2 });
    expect([await dueOf(waiting), await dueOf(held)]).toEqual([before, before]);
    // Asked by the present version: nothing to do.
    await asked();
    expect(await recompute()).toEqual({ recomputed: 0, moved: 0 });
  });

  it('are listed before it is published, with the day to which they would move, and what is answered is not', async () => {
    await publish();
    await given.owner.query(`UPDATE approval_request SET state = 'declined', answered_at = now() WHERE state = 'waiting'`);
    const [one, other, answered] = [await asked(), await asked(), await asked()];
    await given.owner.query(`UPDATE approval_request SET state = 'declined', answered_at = now() WHERE track_id = $1`, [answered.trackId]);
    const { openRequests, movedRequests } = await preview('2026-03-05', '2026-03-06');
    expect(openRequests).toBe(2);
    const moved = {
      action: 'close_without_remedy',
      fromOn: '2026-03-09',
      toOn: '2026-03-11',
      to: evening('2026-03-11'),
      isOverAtOnce: false,
    };
    expect(movedRequests).toMatchObject([one.reference, other.reference].sort().map((reference) => ({ reference, ...moved })));
    expect([await dueOf(one), (await preview('2026-03-16')).movedRequests]).toEqual([evening('2026-03-09'), []]);

    // What the preview says is what publishing does.
    await publish('2026-03-05', '2026-03-06');
    await recompute();
    expect(await dueOf(one)).toEqual(movedRequests[0]?.to);
    expect(await preview('2026-03-03')).toMatchObject({ movedRequests: [{ toOn: '2026-03-10' }, { toOn: '2026-03-10' }] });
    // A request that would have waited too long at once.
    expect((await preview('2027-01-01')).movedRequests.map(({ isOverAtOnce }) => isOverAtOnce)).toEqual([true, true]);
  });
});
