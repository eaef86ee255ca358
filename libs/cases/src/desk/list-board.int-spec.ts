import { Given, testDatabase, type GivenCase } from '@recourse/testing';
import { AssignTrack } from '../actions/assign-track';
import { BoardRules } from './board-rules';
import { ListBoard, type BoardPart } from './list-board';

const FILED_ON = new Date('2026-03-02T07:00:00Z');

describe('the board', () => {
  const database = testDatabase();
  let given: Given;
  let listBoard: ListBoard;
  beforeAll(async () => {
    given = await Given.in(database, FILED_ON);
    listBoard = new ListBoard(given.casework, given.institution.rules, new BoardRules(30));
  }, 60_000);

  const board = async (part: BoardPart, now: string, actor = given.institution.supervisor) =>
    listBoard.run({ actor, part, now: new Date(now) });
  const lineOf = async ({ reference }: GivenCase, part: BoardPart, now: string) =>
    (await board(part, now)).items.filter((item) => item.reference === reference);

  it('lists what runs out within a week, then what has, with the clock and its day', async () => {
    const filed = await given.filed({ now: FILED_ON });
    expect(await lineOf(filed, 'late', '2026-03-03T07:00:00Z')).toEqual([]);
    const [coming] = await lineOf(filed, 'coming', '2026-03-03T07:00:00Z');
    expect(coming?.due).toMatchObject({ clock: 'acknowledge', isLate: false });
    const [late] = await lineOf(filed, 'late', '2026-03-20T07:00:00Z');
    expect(late?.due).toEqual({ ...coming?.due, isLate: true });
    expect(late).toMatchObject({ team: { name: 'Complaints desk' }, stageName: { en: 'Received' } });
    expect(await lineOf(filed, 'coming', '2026-03-20T07:00:00Z')).toEqual([]);
  });

  it('lists what is in nobody’s hands until somebody takes it', async () => {
    const filed = await given.filed({ now: FILED_ON });
    expect(await lineOf(filed, 'unheld', '2026-03-03T07:00:00Z')).toHaveLength(1);
    const { supervisor, officer } = given.institution;
    const { revision } = await given.track(filed.reference);
    const assigned = await new AssignTrack(given.casework).run({
      actor: supervisor,
      reference: filed.reference,
      track: filed.trackId,
      seenRevision: revision,
      assigneeId: officer.staffId,
      now: FILED_ON,
    });
    expect(assigned.ok).toBe(true);
    expect(await lineOf(filed, 'unheld', '2026-03-03T07:00:00Z')).toEqual([]);
    expect(await lineOf(filed, 'coming', '2026-03-03T07:00:00Z')).toMatchObject([{ assignee: { displayName: 'The officer' } }]);
  });

  it('lists a clock that has been paused for thirty days, with why and until when', async () => {
    const filed = await given.caseIn('waiting_for_information', { now: FILED_ON });
    expect(await lineOf(filed, 'paused', '2026-03-31T07:00:00Z')).toEqual([]);
    const [line] = await lineOf(filed, 'paused', '2026-04-02T07:00:01Z');
    expect(line?.pause).toMatchObject({ sinceOn: '2026-03-02', reasonName: { en: expect.any(String) as string } });
    // Another clock runs: the answer is waited for.
    expect(line?.pause).toMatchObject({ isEndless: false });
    expect(line?.pause).not.toHaveProperty('untilOn');
  });

  it('lists a paused clock after as many days as the institution set', async () => {
    const filed = await given.caseIn('waiting_for_information', { now: FILED_ON });
    const sooner = new ListBoard(given.casework, given.institution.rules, new BoardRules(3));
    const pausedOn = async (now: string) => {
      const page = await sooner.run({ actor: given.institution.supervisor, part: 'paused', now: new Date(now) });
      return page.items.some(({ reference }) => reference === filed.reference);
    };
    expect(await pausedOn('2026-03-05T06:59:59Z')).toBe(false);
    expect(await pausedOn('2026-03-05T07:00:01Z')).toBe(true);
    expect(await lineOf(filed, 'paused', '2026-03-05T07:00:01Z')).toEqual([]);
  });

  it('lists a request for a second person once the time for an answer is over, with nothing that was given with it', async () => {
    const filed = await given.caseIn('admissible', { now: FILED_ON });
    await given.owner.query(
      `INSERT INTO approval_request (id, case_id, track_id, action, stage, requested_by, requested_at, answer_due_at, sealed_content, state)
       SELECT gen_random_uuid(), case_id, id, 'close_without_remedy', stage, $2, $3, $4, '\\x00', 'waiting' FROM track WHERE id = $1`,
      [filed.trackId, given.institution.officer.staffId, FILED_ON, new Date('2026-03-05T22:59:59.999Z')],
    );
    expect(await lineOf(filed, 'approvals', '2026-03-05T12:00:00Z')).toEqual([]);
    const [line] = await lineOf(filed, 'approvals', '2026-03-06T07:00:00Z');
    expect(line?.approval).toEqual({
      id: expect.any(String) as string,
      action: 'close_without_remedy',
      actionName: expect.objectContaining({ en: expect.any(String) as string }) as object,
      requestedBy: { id: given.institution.officer.staffId, displayName: 'The officer' },
      requestedAt: FILED_ON,
      answerDueAt: new Date('2026-03-05T22:59:59.999Z'),
      answerDueOn: '2026-03-05',
    });
    expect((await board('approvals', '2026-03-06T07:00:00Z')).counts.approvals).toBe(1);
  });

  it('leaves out what is closed', async () => {
    const closed = await given.caseIn('withdrawn', { now: FILED_ON });
    for (const part of ['late', 'coming', 'paused', 'unheld', 'approvals'] as const) {
      expect(await lineOf(closed, part, '2027-03-02T07:00:00Z')).toEqual([]);
    }
  });

  it('shows nobody the tracks of a team that they are not on', async () => {
    const stranger = await given.stranger();
    for (const actor of [stranger, given.institution.administrator]) {
      for (const part of ['late', 'coming', 'paused', 'unheld', 'approvals'] as const) {
        expect(await board(part, '2026-06-02T07:00:00Z', actor)).toEqual({
          items: [],
          counts: { late: 0, coming: 0, paused: 0, unheld: 0, approvals: 0 },
        });
      }
    }
  });

  it('writes nothing into the record', async () => {
    const events = async () => given.owner.query<unknown[]>('SELECT id FROM case_event ORDER BY id');
    const before = await events();
    await board('late', '2026-06-02T07:00:00Z');
    expect(await events()).toEqual(before);
  });
});
