import { FireDeadline, PublishProcedure } from '@recourse/cases';
import { Given, testDatabase, said } from '@recourse/testing';

/** A Monday, before work in Geneva. */
const MONDAY = new Date('2026-03-02T07:00:00Z');
/** The Thursday of the week after: the clock ran out on Monday, and its rung was on Tuesday. */
const AFTER_A_STANDSTILL = new Date('2026-03-12T07:00:00Z');

const words = (name: string) =>
  `staffName: ${said(name)}, publicName: ${said(name)}, publicMeaning: ${said(name)}, publicNext: ${said(name)}`;

/** The mail goes to the supervisor when the clock runs out; for the director the board is enough. */
const DOCUMENT = `procedure: remedy
version: 2
title: ${said('Two channels')}
languages: [en]
calendar: geneva
initial: received
outcomes: { done: { staffName: ${said('Done')}, publicName: ${said('Done')} } }
stages:
  received:
    ${words('Received').replaceAll('}, ', '}\n    ')}
    clocks:
      look: { name: ${said('Look')}, within: 5 working_days, tell: supervisor, ladder: [{ after: 1 working_day, tell: director, through: board }] }
  over:
    ${words('Over').replaceAll('}, ', '}\n    ')}
    end: true
actions:
  finish: { name: ${said('Finish')}, from: received, to: over, roles: officer, outcomes: done }
`;

const database = testDatabase();
let given: Given;
let fireDeadline: FireDeadline;
beforeAll(async () => {
  given = await Given.in(database, MONDAY);
  const input = { text: DOCUMENT, fileName: 'remedy.yaml', now: MONDAY };
  expect(await new PublishProcedure(given.owner, given.institution.rules).run(input)).toMatchObject({ ok: true });
  fireDeadline = new FireDeadline(given.worker, given.institution.rules);
}, 60_000);

it('after a standstill everybody hears by the way that is theirs, also when the board is enough for the last', async () => {
  const filed = await given.filed({ now: MONDAY });
  const [look] = await given.owner.query<{ id: string }[]>('SELECT id FROM deadline WHERE track_id = $1', [filed.trackId]);
  const { fired } = await fireDeadline.run({ deadlineId: look!.id, now: AFTER_A_STANDSTILL });
  expect(fired).toMatchObject([{ kinds: ['due', 'escalation'], told: 2 }]);
  const mailed = await given.owner.query<{ kind: string; name: string }[]>(
    `SELECT n.kind, s.sign_in_name AS name FROM notification n JOIN staff_member s ON s.id = n.recipient_id WHERE n.dedupe_key LIKE 'clock:%'`,
  );
  expect(mailed).toEqual([{ kind: 'staff_clock_missed', name: 'supervisor' }]);
  const { supervisor, director } = given.institution;
  const [event] = await given.owner.query<{ payload: object }[]>(`SELECT payload FROM case_event WHERE type = 'clock_escalated'`);
  expect(event?.payload).toMatchObject({ told: [supervisor.staffId], onBoard: [director.staffId] });
});

it('an escalation to a director who is not there goes to those in charge, and never down to the officer alone', async () => {
  const filed = await given.filed({ now: MONDAY });
  const { officer, supervisor, director } = given.institution;
  await given.owner.query('DELETE FROM team_member WHERE staff_id = ANY($1)', [[supervisor.staffId, director.staffId]]);
  const [look] = await given.owner.query<{ id: string }[]>('SELECT id FROM deadline WHERE track_id = $1', [filed.trackId]);
  const { fired } = await fireDeadline.run({ deadlineId: look!.id, now: AFTER_A_STANDSTILL });
  expect(fired).toMatchObject([{ isWithoutPerson: true }]);
  const [event] = await given.owner.query<{ told: string[] }[]>(
    `SELECT payload -> 'told' AS told FROM case_event WHERE type = 'clock_escalated' AND track_id = $1`,
    [filed.trackId],
  );
  expect(event?.told).toContain(director.staffId);
  expect(event?.told).not.toContain(officer.staffId);
});
