import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '@recourse/config';
import { insertProcedureVersion } from '@recourse/persistence';
import { aProcedureVersion, Given, testDatabase, type GivenCase } from '@recourse/testing';
import { FindStuckCases } from './find-stuck-cases';

const NOW = new Date('2026-03-02T07:00:00Z');
const STAGES = [
  'received',
  'acknowledged',
  'screening',
  'waiting_for_information',
  'admissible',
  'company_engaged',
  'agreed',
  'closed',
  'refused_and_referred',
  'withdrawn',
];

describe('the search for stuck cases', () => {
  const database = testDatabase();
  let given: Given;
  let findStuckCases: FindStuckCases;
  beforeAll(async () => {
    given = await Given.in(database, NOW);
    findStuckCases = new FindStuckCases(given.worker, given.institution.rules);
  }, 60_000);

  const found = async (now = NOW) => findStuckCases.run({ now });
  const kindsOf = async ({ reference }: GivenCase, now = NOW) =>
    (await found(now)).filter((finding) => finding.reference === reference).map(({ kind }) => kind);
  /** Spoils the open clocks of a case as no use case would. */
  const spoil = async ({ trackId }: GivenCase, change: string): Promise<void> => {
    await given.owner.query(`UPDATE deadline SET ${change} WHERE track_id = $1 AND state IN ('running', 'paused')`, [trackId]);
  };
  const PAUSED = `state = 'paused', paused_at = '2026-03-02T08:00:00Z', remaining_ms = 1000`;

  it('finds nothing in a healthy case, whatever its stage', async () => {
    for (const stage of STAGES) {
      await given.caseIn(stage, { now: NOW });
    }
    expect(await found()).toEqual([]);
  }, 60_000);

  it('finds an open track without a clock, and says since when', async () => {
    const filed = await given.filed({ now: NOW });
    await spoil(filed, `state = 'cancelled', finished_at = now(), next_fire_at = NULL, paused_at = NULL, pause_until = NULL`);
    const { reference, trackId } = filed;
    expect((await found()).filter((finding) => finding.reference === reference)).toEqual([
      { kind: 'track_without_clock', reference, trackId, since: NOW },
    ]);
  });

  it('leaves a closed track without clocks alone, and the clocks it still has', async () => {
    const closed = await given.filed({ now: NOW });
    await given.owner.query('UPDATE track SET closed_at = now() WHERE id = $1', [closed.trackId]);
    await spoil(closed, 'next_fire_at = NULL, set_aside_at = now()');
    expect(await kindsOf(closed)).toEqual([]);
  });

  it('finds a running clock that lost its next moment', async () => {
    const filed = await given.filed({ now: NOW });
    await spoil(filed, 'next_fire_at = NULL');
    expect(await kindsOf(filed)).toEqual(['clock_without_moment']);
  });

  it('finds a running clock that its procedure does not know', async () => {
    const filed = await given.filed({ now: NOW });
    await spoil(filed, `next_fire_at = NULL, kind = 'unheard_of'`);
    expect(await kindsOf(filed)).toEqual(['clock_without_moment']);
  });

  it('finds a clock that was set aside', async () => {
    const filed = await given.filed({ now: NOW });
    await spoil(filed, 'set_aside_at = now()');
    expect(await kindsOf(filed)).toEqual(['clock_set_aside']);
  });

  it('finds a case whose key nobody on its team can open, while it is open', async () => {
    const [filed, closed] = [await given.filed({ now: NOW }), await given.caseIn('closed', { now: NOW })];
    for (const { reference } of [filed, closed]) {
      await given.owner.query(
        `UPDATE case_key_grant SET set_aside_at = $2 WHERE holder_kind = 'team' AND case_id = (SELECT id FROM case_file WHERE reference = $1)`,
        [reference, NOW],
      );
    }
    expect([await kindsOf(filed), await kindsOf(closed)]).toEqual([['case_key_set_aside'], []]);
  });

  it('finds a pause without a reason', async () => {
    const filed = await given.filed({ now: NOW });
    await spoil(filed, `${PAUSED}, pause_until = '2026-04-01T00:00:00Z', next_fire_at = '2026-04-01T00:00:00Z'`);
    expect(await kindsOf(filed)).toEqual(['pause_without_reason']);
  });

  it('finds a pause that nothing ends, also when its end lost its moment', async () => {
    const endless = await given.filed({ now: NOW });
    await spoil(endless, `${PAUSED}, pause_reason_code = 'court_pending', next_fire_at = NULL`);
    expect(await kindsOf(endless)).toEqual(['pause_without_end']);
    await spoil(endless, `pause_until = '2026-04-01T00:00:00Z'`);
    expect(await kindsOf(endless)).toEqual(['pause_without_end']);
    await spoil(endless, `next_fire_at = pause_until`);
    expect(await kindsOf(endless)).toEqual([]);
  });

  it('finds a request for a second person only once the time for an answer is over', async () => {
    const filed = await given.filed({ now: NOW });
    await given.owner.query(
      `INSERT INTO approval_request (id, case_id, track_id, action, stage, requested_by, requested_at, answer_due_at, sealed_content, state)
       SELECT gen_random_uuid(), case_id, id, 'close_without_remedy', stage, $2, $3, $4, '\\x00', 'waiting' FROM track WHERE id = $1`,
      [filed.trackId, given.institution.officer.staffId, NOW, new Date('2026-03-05T00:00:00Z')],
    );
    expect(await kindsOf(filed)).toEqual([]);
    expect(await kindsOf(filed, new Date('2026-03-05T00:00:01Z'))).toEqual(['approval_overdue']);
  });

  it('finds a request that nobody can agree to any more, whoever left, until somebody can', async () => {
    const asked = await given.caseIn('admissible', { now: NOW });
    const { supervisor } = given.institution;
    const closing = { outcome: 'unable_to_determine', reason: 'Nobody knows.', message: 'We could not find out.' };
    await given.performed(asked, { action: 'close_without_remedy', actor: supervisor, ...closing, now: NOW });
    expect(await kindsOf(asked)).toEqual([]);
    await given.owner.query(`UPDATE staff_member SET active = false WHERE role = 'director'`);
    const findings = (await found()).filter(({ reference }) => reference === asked.reference);
    expect(findings).toEqual([{ kind: 'approval_without_person', reference: asked.reference, trackId: asked.trackId, since: NOW }]);
    await given.owner.query(`UPDATE staff_member SET active = true WHERE role = 'director'`);
    await given.owner.query(`UPDATE staff_member SET role = 'officer' WHERE role = 'director'`);
    expect(await kindsOf(asked)).toEqual(['approval_without_person']);
    await given.owner.query(`UPDATE staff_member SET role = 'director' WHERE id = $1`, [given.institution.director.staffId]);
    expect(await kindsOf(asked)).toEqual([]);
  });

  it('finds the open tracks of a team that nobody answers for, until somebody does', async () => {
    const filed = await given.filed({ now: NOW });
    const { supervisor, officer } = given.institution;
    await given.owner.query(`UPDATE staff_member SET active = (role = 'officer' OR role = 'administrator')`);
    await given.owner.query(`UPDATE team_member SET team_role = 'member'`);
    expect(await kindsOf(filed)).toEqual(['track_without_person']);
    await given.owner.query(`UPDATE team_member SET team_role = 'lead' WHERE staff_id = $1`, [officer.staffId]);
    expect(await kindsOf(filed)).toEqual([]);
    await given.owner.query(`UPDATE staff_member SET active = (role = 'administrator')`);
    expect(await kindsOf(filed)).toEqual(['track_without_person']);
    await given.owner.query('UPDATE staff_member SET active = true WHERE id = $1', [supervisor.staffId]);
    expect(await kindsOf(filed)).toEqual([]);
  });

  it('finds a case with which nobody may do anything any more, and one whose team lacks whoever may', async () => {
    const file = join(projectRoot, 'libs/domain/test-support/broken/track_gets_stuck-guard-skipped.yaml');
    const document = (await readFile(file, 'utf8')).replace('procedure: p', 'procedure: remedy').replace('version: 1', 'version: 60');
    // As an older release let it through: out of “b” there is only what asks for a fact, and the fact can be established in “a” alone.
    await insertProcedureVersion(given.owner.manager, aProcedureVersion({ procedure: 'remedy', version: 60, document }));
    const [fine, stuck] = [await given.filed({ now: NOW }), await given.filed({ now: NOW })];
    await given.owner.query('UPDATE staff_member SET active = true');
    await given.performed(stuck, { action: 'go', now: NOW });
    await given.performed(fine, { action: 'note', now: NOW });
    await given.performed(fine, { action: 'go', now: NOW });
    expect([await kindsOf(stuck), await kindsOf(fine)]).toEqual([['track_without_way_out'], []]);
    const unreadable = aProcedureVersion({ procedure: 'remedy_lost', version: 1, document: 'gone' });
    await insertProcedureVersion(given.owner.manager, unreadable);
    const lost = await given.filed({ now: NOW });
    await given.owner.query('UPDATE track SET procedure_version_id = $2 WHERE id = $1', [lost.trackId, unreadable.id]);
    expect(await kindsOf(lost)).toEqual(['rules_unreadable']);
    await given.owner.query(`UPDATE staff_member SET active = false WHERE role = 'officer'`);
    expect(await kindsOf(fine)).toEqual(['track_without_way_out']);
    await given.owner.query(`UPDATE staff_member SET active = true WHERE role = 'officer'`);
  });

  it('finds a case whose only way out its own lateness shuts, once no time is left to give, and not before', async () => {
    const file = join(projectRoot, 'libs/domain/test-support/broken/track_gets_stuck-late-after-more-time-before.yaml');
    const document = (await readFile(file, 'utf8')).replace('procedure: p', 'procedure: remedy').replace('version: 1', 'version: 61');
    await insertProcedureVersion(given.owner.manager, aProcedureVersion({ procedure: 'remedy', version: 61, document }));
    const [spent, left] = [await given.filed({ now: NOW }), await given.filed({ now: NOW })];
    await given.performed(spent, { action: 'more', reason: 'It takes longer.', message: 'We need more time.', now: NOW });
    for (const one of [spent, left]) {
      await given.performed(one, { action: 'first', now: NOW });
      await given.performed(one, { action: 'back', now: NOW });
    }
    const late = new Date('2026-03-10T07:00:00Z');
    expect([await kindsOf(spent), await kindsOf(left)]).toEqual([[], []]);
    expect([await kindsOf(spent, late), await kindsOf(left, late)]).toEqual([['track_without_way_out'], []]);
  });
});
