import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '@recourse/config';
import { findAction, type Procedure } from '@recourse/domain';
import type { TopicPayloads } from '@recourse/messaging';
import { Given, testDatabase, type GivenCase } from '@recourse/testing';
import { filledIn } from '../../test-support/case-steps';
import { AnswerApproval } from '../approvals/answer-approval';
import { FindStuckCases } from '../clocks/find-stuck-cases';
import { PublishProcedure } from '../procedures/publish-procedure';
import { UseProcedure } from '../procedures/use-procedure';
import { VerifyRecord } from '../record/verify-record';
import { AssignTrack } from './assign-track';
import { PerformAction } from './perform-action';
import { TakeTriggeredAction } from './take-triggered-action';

/** A Monday, before work in Geneva. */
const MONDAY = new Date('2026-03-02T07:00:00Z');
const SHIPPED = ['company_mechanism', 'appeal', 'information_request'] as const;

const database = testDatabase();
const procedures = new Map<string, Procedure>();
let given: Given;

beforeAll(async () => {
  given = await Given.in(database, MONDAY);
  const { rules } = given.institution;
  const [first, ...together] = await Promise.all(
    SHIPPED.map(async (code) => {
      const fileName = `${code}.yaml`;
      return { fileName, text: await readFile(join(projectRoot, 'libs/domain/procedures', fileName), 'utf8') };
    }),
  );
  const published = first && (await new PublishProcedure(given.owner, rules).run({ ...first, together, now: MONDAY }));
  if (!published?.ok) throw new Error(JSON.stringify(published));
  for (const { procedure, id } of [published, ...published.together]) {
    procedures.set(procedure, await given.owner.transaction((tx) => rules.procedure(tx, id)));
  }
  expect(await new UseProcedure(given.owner).run({ procedure: 'company_mechanism', kind: 'harm', now: MONDAY })).toMatchObject({
    ok: true,
  });
}, 60_000);

type Person = 'officer' | 'otherOfficer' | 'supervisor' | 'director';
interface Taking {
  readonly outcome?: string;
  /** Unless given, the first role that may. */
  readonly by?: Person;
  /** Who agrees; the supervisor, or else the director, unless given. */
  readonly second?: Person;
}

interface StoredTrack {
  readonly id: string;
  readonly procedure: string;
  readonly stage: string;
  readonly revision: number;
  readonly outcome: string | null;
}

/** A complaint to the company on Monday, and what is done then. Each action is on the newest track of its procedure. */
class Complaint {
  private constructor(private readonly filed: GivenCase) {}

  static async filed(): Promise<Complaint> {
    const complaint = new Complaint(await given.filed({ now: MONDAY }));
    await complaint.take('company_mechanism', 'acknowledge');
    await complaint.take('company_mechanism', 'assess_retaliation_risk');
    await complaint.assign('company_mechanism');
    await complaint.take('company_mechanism', 'begin_looking_into_it');
    return complaint;
  }

  get reference(): string {
    return this.filed.reference;
  }

  async track(procedure: string): Promise<StoredTrack> {
    const [track] = await given.owner.query<StoredTrack[]>(
      `SELECT t.id, t.procedure, t.stage, t.revision, t.outcome FROM track t JOIN case_file f ON f.id = t.case_id
       WHERE f.reference = $1 AND t.procedure = $2 ORDER BY t.id DESC LIMIT 1`,
      [this.reference, procedure],
    );
    if (!track) throw new Error(`no track of ${procedure}`);
    return track;
  }

  async stages(): Promise<readonly string[]> {
    return Promise.all(SHIPPED.slice(0, 2).map(async (code) => (await this.track(code)).stage));
  }

  async clock(kind: string): Promise<string | undefined> {
    const [row] = await given.owner.query<{ state: string }[]>(
      `SELECT d.state FROM deadline d JOIN case_file f ON f.id = d.case_id WHERE f.reference = $1 AND d.kind = $2 ORDER BY d.started_at DESC LIMIT 1`,
      [this.reference, kind],
    );
    return row?.state;
  }

  async assign(procedure: string): Promise<void> {
    const { id: track, revision: seenRevision } = await this.track(procedure);
    const { supervisor, officer } = given.institution;
    const input = { actor: supervisor, reference: this.reference, track, assigneeId: officer.staffId, seenRevision, now: MONDAY };
    await new AssignTrack(given.casework).run(input);
  }

  /** Takes an action with everything it asks for, and has somebody agree where a second person is needed. */
  async take(procedure: string, code: string, { outcome, by, second }: Taking = {}) {
    const action = findAction(procedures.get(procedure)!, code);
    if (!action) throw new Error(`no action ${code}`);
    const { institution } = given;
    const filled = filledIn(action, action.outcomes.length > 0, { pick: 0, today: '2026-03-02' }, institution);
    const { id: track, revision: seenRevision } = await this.track(procedure);
    const actor =
      institution[by ?? (['officer', 'supervisor', 'director'] as const).find((role) => action.roles.includes(role)) ?? 'officer'];
    const input = { actor, reference: this.reference, track, action: code, seenRevision, ...filled, now: MONDAY };
    const done = await new PerformAction(given.casework, institution.rules).run({
      ...input,
      ...(outcome === undefined ? {} : { outcome }),
    });
    if (!done.ok || done.approvalId === undefined || !action.approval) return done;
    const agreeing = institution[second ?? (action.approval.roles.includes('supervisor') ? 'supervisor' : 'director')];
    const answer = { actor: agreeing, reference: this.reference, approval: done.approvalId, now: MONDAY };
    const use = new AnswerApproval(given.casework, institution.rules);
    const answered = await use.run({ ...answer, answer: 'agree' });
    if (answered.ok) return answered;
    // Whoever may not agree may not decline either. Then somebody else is asked.
    const declined = await use.run({ ...answer, answer: 'decline', reason: 'No.' });
    await use.run({ ...answer, actor, answer: 'take_back' });
    return { ...answered, declined };
  }

  /** The worker hears that a track is over. */
  async hear(): Promise<void> {
    const rows = await given.owner.query<{ id: string; payload: TopicPayloads['track_triggered'] }[]>(
      `SELECT o.id, o.payload FROM outbox_message o JOIN case_file f ON f.id::text = o.payload ->> 'caseId'
       WHERE o.topic = 'track_triggered' AND f.reference = $1 ORDER BY o.id`,
      [this.reference],
    );
    for (const { id, payload } of rows) {
      const input = { ...payload, happenedAt: MONDAY, cause: id, now: MONDAY } as Parameters<TakeTriggeredAction['run']>[0];
      await new TakeTriggeredAction(given.worker, given.institution.rules).run(input);
    }
  }

  /** The worker hears that the complainant wrote. */
  async written(): Promise<void> {
    const { caseId } = await given.track(this.reference);
    const input = { caseId, trigger: 'complainant_wrote', happenedAt: MONDAY, cause: randomUUID(), now: MONDAY } as const;
    await new TakeTriggeredAction(given.worker, given.institution.rules).run(input);
  }

  /** Its record holds, and somebody watches over every track. */
  async isSound(): Promise<void> {
    expect(await new VerifyRecord(given.owner).run({ reference: this.reference })).toMatchObject({ ok: true });
    const stuck = await new FindStuckCases(given.owner, given.institution.rules).run({ now: MONDAY });
    expect(stuck.filter(({ reference }) => reference === this.reference)).toEqual([]);
  }
}

const TOOK_PART = { ok: false, refusal: { code: 'guard_failed', guard: 'took_no_part' } };
const OPEN_SUB_TRACK = { ok: false, refusal: { code: 'guard_failed', guard: 'no_open_sub_track' } };

describe('the shipped company mechanism', () => {
  it('waits for the documents that it asked for with its clock stopped, and goes on by itself when the request is over', async () => {
    const complaint = await Complaint.filed();
    expect(await complaint.take('company_mechanism', 'request_documents')).toMatchObject({ ok: true, stage: 'waiting_for_documents' });
    expect([await complaint.clock('look_into_it'), await complaint.clock('send_request')]).toEqual(['paused', 'running']);
    expect(await complaint.take('company_mechanism', 'withdraw')).toMatchObject(OPEN_SUB_TRACK);
    expect(await complaint.take('information_request', 'send_request')).toMatchObject({
      ok: false,
      refusal: { code: 'guard_failed', guard: 'request_is_safe' },
    });
    for (const code of ['check_request', 'send_request', 'record_documents', 'close_answered']) {
      expect(await complaint.take('information_request', code)).toMatchObject({ ok: true });
    }
    await complaint.hear();
    expect((await complaint.track('company_mechanism')).stage).toBe('looking_into_it');
    expect(await complaint.clock('look_into_it')).toBe('running');
    await complaint.isSound();
  });

  it('lets nobody decide the appeal, or agree, who took part in the first answer; and a person does what was decided', async () => {
    const complaint = await Complaint.filed();
    for (const code of ['hear_other_side', 'explain_no_remedy', 'ask_independent_person']) {
      expect(await complaint.take('company_mechanism', code)).toMatchObject({ ok: true });
    }
    expect(await complaint.stages()).toEqual(['appeal', 'lodged']);
    await complaint.assign('appeal');
    expect(await complaint.take('appeal', 'begin_review')).toMatchObject({
      ok: false,
      refusal: { code: 'guard_failed', guard: 'independence_confirmed' },
    });
    expect(await complaint.take('appeal', 'confirm_independence')).toMatchObject({ ok: true });
    // The officer worked on the first answer; the supervisor agreed to it.
    for (const one of ['officer', 'supervisor'] as const) {
      expect(await complaint.take('appeal', 'begin_review', { by: one })).toMatchObject(TOOK_PART);
    }
    const by = 'otherOfficer';
    expect(await complaint.take('appeal', 'begin_review', { by })).toMatchObject({ ok: true });
    // The worker, who may not read who did what, goes on by itself there, too.
    expect(await complaint.take('appeal', 'ask_for_information', { by })).toMatchObject({ ok: true });
    await complaint.written();
    expect(await complaint.stages()).toEqual(['appeal', 'under_review']);
    expect(await complaint.take('appeal', 'reject', { by })).toMatchObject({
      ok: false,
      refusal: { code: 'guard_failed', guard: 'appellant_heard' },
    });
    expect(await complaint.take('company_mechanism', 'refer_outside')).toMatchObject(OPEN_SUB_TRACK);
    expect(await complaint.take('appeal', 'record_heard')).toMatchObject({ ok: true });
    expect(await complaint.take('appeal', 'reject', { by, second: 'supervisor' })).toMatchObject({
      ok: false,
      code: 'guard_failed',
      declined: { ok: false, code: 'guard_failed' },
    });
    expect(await complaint.take('appeal', 'reject', { by, second: 'director' })).toMatchObject({ ok: true });
    await complaint.hear();
    expect(await complaint.stages()).toEqual(['appeal_decided', 'decided']);
    await complaint.isSound();
    expect(await complaint.take('company_mechanism', 'close_after_appeal')).toMatchObject({ ok: true });
    expect(await complaint.track('company_mechanism')).toMatchObject({ stage: 'closed', outcome: 'appeal_rejected' });
    await complaint.isSound();
  });

  it('takes a decision from outside where nobody is independent, and may be asked for an appeal once', async () => {
    const complaint = await Complaint.filed();
    for (const code of ['hear_other_side', 'explain_no_remedy', 'ask_independent_person']) await complaint.take('company_mechanism', code);
    await complaint.take('appeal', 'record_heard');
    expect(await complaint.take('appeal', 'record_decision_from_outside', { outcome: 'upheld' })).toMatchObject({ ok: true });
    await complaint.hear();
    for (const code of ['look_again_after_appeal', 'explain_no_remedy']) {
      expect(await complaint.take('company_mechanism', code)).toMatchObject({ ok: true });
    }
    expect(await complaint.take('company_mechanism', 'ask_independent_person')).toMatchObject({
      ok: false,
      refusal: { code: 'guard_failed', guard: 'not_appealed' },
    });
    await complaint.isSound();
  });
});
