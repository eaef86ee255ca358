import { AnswerApproval, OpenCase, PerformAction, TellOfTrack, type AnswerApprovalInput, type ApprovalView } from '@recourse/cases';
import { Given, testDatabase, type GivenCase } from '@recourse/testing';

const database = testDatabase();
let given: Given;
beforeAll(async () => {
  given = await Given.in(database);
}, 60_000);

const REASON = 'Nobody could tell what happened at the gate.';
const LETTER = 'We could not find out what happened. You can write to us again at any time.';

/** An officer asks for a case to be closed; a supervisor or director must agree. */
async function ask(filed: GivenCase, over: { readonly seenRevision?: number } = {}) {
  const { revision } = await given.track(filed.reference);
  return new PerformAction(given.casework, given.institution.rules).run({
    actor: given.institution.officer,
    reference: filed.reference,
    track: filed.trackId,
    action: 'close_without_remedy',
    seenRevision: revision,
    inputs: {},
    outcome: 'unable_to_determine',
    reason: REASON,
    message: LETTER,
    now: new Date(),
    ...over,
  });
}

async function asked(): Promise<{ readonly filed: GivenCase; readonly approval: string }> {
  const filed = await given.caseIn('admissible');
  const result = await ask(filed);
  if (!result.ok || result.approvalId === undefined) throw new Error('nobody was asked');
  return { filed, approval: result.approvalId };
}

function answer(filed: GivenCase, approval: string, over: Partial<AnswerApprovalInput> = {}) {
  return new AnswerApproval(given.casework, given.institution.rules).run({
    actor: given.institution.supervisor,
    reference: filed.reference,
    approval,
    answer: 'agree',
    now: new Date(),
    ...over,
  });
}

async function seenBy(actor: Given['institution']['officer'], { reference }: GivenCase): Promise<readonly ApprovalView[]> {
  const opened = await new OpenCase(given.casework, given.institution.rules).run({ actor, reference, now: new Date() });
  if (!opened.ok) throw new Error('not opened');
  return opened.view.tracks.flatMap(({ approvals }) => approvals);
}

async function events({ reference }: GivenCase) {
  return given.owner.query<{ type: string; payload: Record<string, unknown>; actor: string | null }[]>(
    `SELECT e.type, e.payload, e.actor_id AS actor FROM case_event e JOIN case_file f ON f.id = e.case_id
     WHERE f.reference = $1 AND (e.type LIKE 'approval%' OR e.payload ->> 'action' = 'close_without_remedy') ORDER BY e.seq`,
    [reference],
  );
}

describe('an action that needs a second person', () => {
  it('moves nothing when it is asked for, and shows the second person everything', async () => {
    const { filed, approval } = await asked();
    expect(await given.track(filed.reference)).toMatchObject({ stage: 'admissible' });
    expect(await seenBy(given.institution.supervisor, filed)).toMatchObject([
      { id: approval, reason: REASON, message: LETTER, mayAnswer: true, mayTakeBack: false, isLate: false },
    ]);
    expect(await seenBy(given.institution.officer, filed)).toMatchObject([{ mayAnswer: false, mayTakeBack: true }]);
    expect(await seenBy(given.institution.otherOfficer, filed)).toMatchObject([{ mayAnswer: false, mayTakeBack: false }]);
    expect(await ask(filed)).toMatchObject({ ok: false, refusal: { code: 'awaiting_approval' } });
  });

  it('keeps what was given unreadable until then', async () => {
    const { filed } = await asked();
    const [row] = await given.owner.query<{ dump: string }[]>(
      `SELECT string_agg(to_jsonb(a)::text, '') || string_agg(encode(a.sealed_content, 'escape'), '') AS dump
       FROM approval_request a JOIN case_file f ON f.id = a.case_id WHERE f.reference = $1`,
      [filed.reference],
    );
    expect(row?.dump).toContain('close_without_remedy');
    expect(row?.dump).not.toContain('gate');
    expect(row?.dump).not.toContain('unable_to_determine');
  });

  it('is taken in the name of whoever asked when another agrees: letter, outcome and record', async () => {
    const { filed, approval } = await asked();
    expect(await answer(filed, approval)).toMatchObject({ ok: true, stage: 'closed' });
    const { officer, supervisor } = given.institution;
    expect(await events(filed)).toMatchObject([
      { type: 'approval_requested', actor: officer.staffId, payload: { approvalId: approval } },
      { type: 'approval_given', actor: supervisor.staffId, payload: { requestedBy: officer.staffId } },
      { type: 'action_performed', actor: officer.staffId, payload: { outcome: 'unable_to_determine', approvalId: approval } },
    ]);
    expect(await answer(filed, approval)).toEqual({ ok: false, code: 'answered' });
  });

  it('is taken once when two agree at the same moment', async () => {
    const { filed, approval } = await asked();
    const director = given.institution.director;
    const answers = await Promise.all([answer(filed, approval), answer(filed, approval, { actor: director }), answer(filed, approval)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await events(filed)).filter(({ type }) => type === 'action_performed')).toHaveLength(1);
  });

  it('is never agreed to by whoever asked, nor by a role that may not', async () => {
    const filed = await given.caseIn('admissible');
    const { revision } = await given.track(filed.reference);
    const request = await new PerformAction(given.casework, given.institution.rules).run({
      actor: given.institution.supervisor,
      reference: filed.reference,
      track: filed.trackId,
      action: 'close_without_remedy',
      seenRevision: revision,
      inputs: {},
      outcome: 'merged',
      reason: REASON,
      message: LETTER,
      now: new Date(),
    });
    const approval = request.ok ? (request.approvalId ?? '') : '';
    expect(await answer(filed, approval)).toEqual({ ok: false, code: 'same_person' });
    expect(await answer(filed, approval, { answer: 'decline', reason: 'No.' })).toEqual({ ok: false, code: 'same_person' });
    expect(await answer(filed, approval, { actor: given.institution.officer })).toEqual({ ok: false, code: 'role_not_allowed' });
    expect(await answer(filed, approval, { actor: given.institution.officer, answer: 'take_back' })).toEqual({
      ok: false,
      code: 'not_found',
    });
    expect(await given.track(filed.reference)).toMatchObject({ stage: 'admissible' });
    await expect(
      given.owner.query(`UPDATE approval_request SET state = 'given', answered_by = requested_by, answered_at = now() WHERE id = $1`, [
        approval,
      ]),
    ).rejects.toMatchObject({ driverError: { constraint: 'approval_request_second_person_ck' } });
  });

  it('is declined with a reason that only the team can read', async () => {
    const { filed, approval } = await asked();
    expect(await answer(filed, approval, { answer: 'decline', reason: '  ' })).toEqual({ ok: false, code: 'reason_invalid' });
    expect(await answer(filed, approval, { answer: 'decline', reason: 'Ask the driver first.' })).toMatchObject({
      ok: true,
      stage: 'admissible',
    });
    expect((await events(filed)).map(({ type }) => type)).toEqual(['approval_requested', 'approval_declined']);
    expect(await seenBy(given.institution.officer, filed)).toEqual([]);
    expect(await ask(filed)).toMatchObject({ ok: true });
  });

  it('can be taken back, and lapses when the track moves', async () => {
    const first = await asked();
    expect(await answer(first.filed, first.approval, { actor: given.institution.officer, answer: 'take_back' })).toMatchObject({
      ok: true,
    });
    const second = await asked();
    const { revision } = await given.track(second.filed.reference);
    const withdrawn = await new PerformAction(given.casework, given.institution.rules).run({
      actor: given.institution.officer,
      reference: second.filed.reference,
      track: second.filed.trackId,
      action: 'withdraw',
      seenRevision: revision,
      inputs: { asked_by: 'message', forced: 'no_sign' },
      now: new Date(),
    });
    expect(withdrawn).toMatchObject({ ok: true });
    expect(await answer(second.filed, second.approval)).toEqual({ ok: false, code: 'answered' });
    expect((await events(second.filed)).map(({ type }) => type)).toEqual(['approval_requested', 'approval_lapsed']);
  });

  it('is not there for another case', async () => {
    const { approval } = await asked();
    const other = await given.filed();
    expect(await answer(other, approval)).toEqual({ ok: false, code: 'not_found' });
    expect(await answer(other, 'no-id')).toEqual({ ok: false, code: 'not_found' });
  });

  it('tells those who may agree, and not whoever asked', async () => {
    const { filed } = await asked();
    const [row] = await given.owner.query<{ caseId: string }[]>('SELECT id AS "caseId" FROM case_file WHERE reference = $1', [
      filed.reference,
    ]);
    const told = await new TellOfTrack(given.worker, given.institution.rules).run({
      about: 'approval_requested',
      caseId: row?.caseId ?? '',
      trackId: filed.trackId,
      action: 'close_without_remedy',
      by: given.institution.officer.staffId,
      cause: 'test',
      now: new Date(),
    });
    expect([...told].sort()).toEqual([given.institution.supervisor.staffId, given.institution.director.staffId].sort());
  });
});
