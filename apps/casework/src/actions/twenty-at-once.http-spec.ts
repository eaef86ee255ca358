import { AddStaff } from '@recourse/cases';
import { GIVEN_PASSWORD, TEST_PASSWORD_COST } from '@recourse/testing';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

/** Officers of the desk, each with a browser of their own. */
async function officers(count: number): Promise<Colleague[]> {
  const { owner, institution } = rooms().given;
  const names = Array.from({ length: count }, (_, place) => `officer.${String(place + 1)}`);
  for (const signInName of names) {
    const staff = {
      signInName,
      displayName: signInName,
      email: `${signInName}@recourse.example`,
      role: 'officer' as const,
      language: 'en',
      password: GIVEN_PASSWORD,
    };
    const teams = [{ code: 'desk', teamRole: 'member' as const }];
    const added = await new AddStaff(owner, TEST_PASSWORD_COST).run({ actor: institution.supervisor, staff, teams, now: new Date() });
    if (!added.ok) throw new Error(`cannot add ${signInName}: ${added.code}`);
  }
  return Promise.all(names.map((signInName) => Colleague.signedIn(rooms(), signInName)));
}

async function countOf(sql: string, trackId: string): Promise<number> {
  const [row] = await rooms().given.owner.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM ${sql}`, [trackId]);
  return row?.n ?? -1;
}

it('twenty officers who send the same form at once: one event, one outbox row, nineteen are told that it has been done', async () => {
  const filed = await rooms().given.filed();
  const colleagues = await officers(20);
  const { revision } = await rooms().given.track(filed.reference);
  const path = `/cases/${filed.reference}/tracks/${filed.trackId}/actions/acknowledge`;
  await Promise.all(colleagues.map((colleague) => colleague.open(path)));
  const message = 'We have read your complaint.';
  const answers = await Promise.all(colleagues.map((colleague) => colleague.post(path, { seenRevision: revision, message })));
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([303, ...Array.from({ length: 19 }, () => 409)]);
  // What they wrote is theirs to copy.
  for (const { text } of answers.filter(({ status }) => status === 409)) expect(text).toContain(message);
  expect(await countOf(`case_event WHERE track_id = $1 AND type = 'action_performed'`, filed.trackId)).toBe(1);
  expect(await countOf('message WHERE case_id = (SELECT case_id FROM track WHERE id = $1)', filed.trackId)).toBe(1);
  const told = `outbox_message WHERE topic IN ('message_sent', 'complainant_to_be_told')
    AND payload->>'caseId' = (SELECT case_id::text FROM track WHERE id = $1)`;
  expect(await countOf(told, filed.trackId)).toBe(1);
});
