import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AnswerApproval,
  AssignTrack,
  FireDeadline,
  loadPublicHolidays,
  MoveTracks,
  PerformAction,
  PublishProcedure,
  SendComplaintMessage,
  SimulateProcedure,
  TakeTriggeredAction,
  type SignedInStaff,
  type SimulateProcedureInput,
  type ToldTrack,
} from '@recourse/cases';
import { projectRoot } from '@recourse/config';
import { parseProcedure, type Action, type Procedure, type StaffRole } from '@recourse/domain';
import { inTransaction, makeReadOnly } from '@recourse/persistence';
import { Given, testDatabase, type GivenCase, said } from '@recourse/testing';

/** A Monday, before work in Geneva. */
const MONDAY = new Date('2026-03-02T07:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** When every walk ends. */
const NOW = new Date('2026-06-30T12:00:00Z');

/** Through each procedure, the same each time. `record/walked-cases.int-spec.ts` replays others, which are different each time. */
const WALKS = 8;

const database = testDatabase();
let given: Given;
beforeAll(async () => {
  given = await Given.in(database, MONDAY);
}, 60_000);

/** Repeatable chance: a failing walk is walked again. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

async function document(path: string): Promise<string> {
  return readFile(join(projectRoot, 'libs/domain', path), 'utf8');
}

async function simulate(over: Partial<SimulateProcedureInput>) {
  const told: ToldTrack[] = [];
  const input = { now: NOW, holidays: await loadPublicHolidays(), ...over };
  const result = await new SimulateProcedure(given.owner, given.institution.rules).run(input, (track) => told.push(track));
  if (!result.ok) throw new Error(JSON.stringify(result));
  return { report: result.report, told };
}

/** A life of a case through the use cases, with a worker that is some seconds late. */
class LivedCase {
  now: Date;
  /** Of the outbox: ids grow, and what was heard is not looked through again for every case that comes after. */
  #heardUntil = '00000000-0000-0000-0000-000000000000';

  constructor(
    readonly filed: GivenCase,
    filedAt: Date,
    private readonly late: () => number,
  ) {
    this.now = filedAt;
  }

  /** Time passes, and the worker does what there is to do. */
  async wait(ms: number): Promise<void> {
    const until = new Date(this.now.getTime() + ms);
    for (;;) {
      const [next] = await given.owner.query<{ id: string; at: Date }[]>(
        `SELECT d.id, d.next_fire_at AS at FROM deadline d JOIN case_file f ON f.id = d.case_id
         WHERE f.reference = $1 AND d.next_fire_at <= $2 ORDER BY d.next_fire_at, d.id LIMIT 1`,
        [this.filed.reference, until],
      );
      if (next === undefined) break;
      this.#forward(new Date(next.at.getTime() + this.late()));
      await new FireDeadline(given.worker, given.institution.rules).run({ deadlineId: next.id, now: this.now });
      await this.hear();
    }
    this.#forward(until);
  }

  /** The worker takes what waits in the outbox. */
  async hear(): Promise<void> {
    const rows = await given.owner.query<{ id: string; topic: string; payload: { caseId: string; trackId: string }; at: Date }[]>(
      `SELECT o.id, o.topic, o.payload, o.created_at AS at FROM outbox_message o JOIN case_file f ON f.id::text = o.payload ->> 'caseId'
       WHERE o.id > $2 AND o.topic IN ('track_triggered', 'message_received') AND f.reference = $1 ORDER BY o.created_at, o.id`,
      [this.filed.reference, this.#heardUntil],
    );
    for (const { id, topic, payload, at } of rows) {
      if (id > this.#heardUntil) this.#heardUntil = id;
      this.#forward(new Date(this.now.getTime() + this.late()));
      const triggered = topic === 'message_received' ? { caseId: payload.caseId, trigger: 'complainant_wrote' as const } : payload;
      const input = { ...triggered, happenedAt: at, cause: id, now: this.now } as Parameters<TakeTriggeredAction['run']>[0];
      await new TakeTriggeredAction(given.worker, given.institution.rules).run(input);
    }
  }

  async write(): Promise<void> {
    const { receipt } = this.filed;
    const send = new SendComplaintMessage(given.intake, given.institution.secrets);
    await send.run({ digits: receipt, clientKey: randomUUID(), body: 'It was the third.', now: this.now });
    await this.hear();
  }

  async tracks() {
    return given.owner.query<{ id: string; stage: string; revision: number; closed: boolean; procedure: string }[]>(
      `SELECT t.id, t.stage, t.revision, t.closed_at IS NOT NULL AS closed, t.procedure FROM track t JOIN case_file f ON f.id = t.case_id
       WHERE f.reference = $1 ORDER BY t.opened_at, t.id`,
      [this.filed.reference],
    );
  }

  /** @returns the request, when a second person was asked; false when it was refused */
  async act(action: Action, pick: (below: number) => number, place = 0): Promise<string | boolean> {
    const track = (await this.tracks())[place];
    if (track === undefined) throw new Error('no such track');
    const { institution } = given;
    const people: Readonly<Record<string, SignedInStaff | undefined>> = {
      officer: institution.officer,
      supervisor: institution.supervisor,
      director: institution.director,
    };
    const actor = action.roles.flatMap((role) => people[role] ?? [])[0];
    if (actor === undefined) return false;
    const answers = { text: 'Some', long_text: 'Some', date: this.now.toISOString().slice(0, 10), boolean: 'true' } as const;
    const inputs = Object.fromEntries(
      action.inputs.map(({ name, type, choices }) => {
        if (type === 'choice') return [name, choices[pick(choices.length)]?.code ?? ''];
        if (type === 'company') return [name, institution.companyId];
        return [name, type === 'staff' ? institution.officer.staffId : answers[type]];
      }),
    );
    const done = await new PerformAction(given.casework, institution.rules).run({
      actor,
      reference: this.filed.reference,
      track: track.id,
      action: action.code,
      seenRevision: track.revision,
      inputs,
      ...(action.reason === 'none' ? {} : { reason: 'So it is.' }),
      ...(action.message === 'none' ? {} : { message: 'So it is.' }),
      ...(action.outcomes.length > 1 ? { outcome: action.outcomes[pick(action.outcomes.length)]! } : {}),
      now: this.now,
    });
    if (done.ok) await this.hear();
    return done.ok && (done.approvalId ?? true);
  }

  async answer(approval: string, answer: 'agree' | 'decline' | 'take_back', actor: SignedInStaff): Promise<boolean> {
    const input = { actor, reference: this.filed.reference, approval, answer, reason: 'Not yet.', now: this.now };
    return (await new AnswerApproval(given.casework, given.institution.rules).run(input)).ok;
  }

  async assign(pick: (below: number) => number): Promise<void> {
    const [track] = await this.tracks();
    const { supervisor, officer } = given.institution;
    const to = pick(4) === 0 ? {} : { assigneeId: officer.staffId };
    const input = { actor: supervisor, reference: this.filed.reference, track: track!.id, seenRevision: track!.revision, now: this.now };
    await new AssignTrack(given.casework).run({ ...input, ...to });
  }

  #forward(to: Date): void {
    if (to > this.now) this.now = to;
  }
}

function parsed(text: string): Procedure {
  const result = parseProcedure(text, 'x.yaml', {});
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.procedure;
}

/** Publishes a shipped procedure as the one that new complaints begin under. */
async function publish(name: string, version: number): Promise<Procedure> {
  const text = (await document(`procedures/${name}.yaml`))
    .replace(/^procedure: .*$/m, 'procedure: remedy')
    .replace(/^version: .*$/m, `version: ${version}`);
  const done = await new PublishProcedure(given.owner, given.institution.rules).run({ text, fileName: `${name}.yaml`, now: MONDAY });
  if (!done.ok) throw new Error(JSON.stringify(done));
  return parsed(text);
}

const taken = new Map<string, number>();
function note(what: string): void {
  taken.set(what, (taken.get(what) ?? 0) + 1);
}

const ANSWERS = ['agree', 'decline', 'take_back'] as const;

/** Whether the software goes on from here when the complainant writes. */
function isAnswerAwaited({ actions }: Procedure, stage: string): boolean {
  return actions.some(({ trigger, from }) => trigger === 'complainant_wrote' && from.includes(stage));
}

/** People and the complainant do something or other, and time passes in between. */
async function walk(procedure: Procedure, seed: number, steps: number): Promise<void> {
  const pick = chance(seed);
  const filedAt = new Date(MONDAY.getTime() + pick(200) * HOUR);
  const lived = new LivedCase(await given.filed({ now: filedAt }), filedAt, () => pick(3) * 7_000);
  let waiting: string | undefined;
  let isOnHold = false;
  for (let step = 0; step < steps; step += 1) {
    await lived.wait(pick(3) === 0 ? pick(40) * DAY : pick(30) * HOUR);
    const [track] = await lived.tracks();
    if (track === undefined || track.closed || lived.now > new Date(NOW.getTime() - 45 * DAY)) break;
    const what = pick(8);
    if (what === 0) await lived.write();
    else if (what === 1) await lived.assign(pick);
    else if (waiting !== undefined && what < 4) {
      const answer = ANSWERS[(taken.get('answered') ?? 0) % ANSWERS.length] ?? 'agree';
      note('answered');
      const { officer, director } = given.institution;
      if (await lived.answer(waiting, answer, answer === 'take_back' ? officer : director)) note(answer);
      waiting = undefined;
    } else {
      const may = procedure.actions.filter(
        ({ from, to, roles }) =>
          from.includes(track.stage) &&
          !roles.includes('system') &&
          (step > 8 || pick(5) === 0 || !procedure.stages.some(({ code, isEnd }) => code === to && isEnd)),
      );
      const resume = may.find(({ changesClocks }) => changesClocks.some(({ operation }) => operation === 'resume'));
      const goesOn: Action | undefined = isOnHold ? resume : undefined;
      // What somebody asked a second person for, and the complainant's answer overtakes: rare enough to be left to chance alone.
      const overtaken = isAnswerAwaited(procedure, track.stage) ? may.find(({ approval }) => approval !== undefined) : undefined;
      const action: Action | undefined = goesOn ?? overtaken ?? may[pick(Math.max(1, may.length))];
      const done: string | boolean = action !== undefined && (await lived.act(action, pick));
      if (done !== false && action !== undefined) for (const { operation } of action.changesClocks) note(operation);
      if (done !== false && action?.clocks === 'pause') note('stage_paused');
      isOnHold = done !== false && action?.changesClocks.some(({ operation }) => operation === 'pause') === true;
      if (typeof done === 'string') waiting = done;
      if (typeof done === 'string' && overtaken !== undefined && pick(2) === 0) await lived.write();
    }
  }
  await lived.wait(NOW.getTime() - lived.now.getTime());
}

/** What there is to tell, readable where a test fails. */
function inShort(told: ToldTrack): string {
  const replay = told.kind === 'simulated' ? told.track.after : told.replay;
  const steps = replay?.taken.map(({ action, at }) => `${action} ${at.toISOString()}`).join(', ');
  return `${told.kind}: ${JSON.stringify(replay?.stop)} ${told.kind === 'simulated' ? JSON.stringify(told.track.differences) : ''} after ${steps ?? ''}`;
}

describe('a replay under the same rules', () => {
  it.each([
    ['remedy', 2],
    ['development_bank', 3],
    ['company_mechanism', 4],
    ['whistleblower', 5],
    ['compliance', 6],
  ])(
    'is what the record says, whatever was done: %s',
    async (name, version) => {
      // What the others open must be there.
      for (const opened of ['compliance', 'appeal', 'information_request']) {
        const shipped = { text: await document(`procedures/${opened}.yaml`), fileName: `${opened}.yaml`, now: MONDAY };
        expect(await new PublishProcedure(given.owner, given.institution.rules).run(shipped)).toMatchObject({ ok: true });
      }
      const procedure = await publish(name, version);
      for (let seed = 1; seed <= WALKS; seed += 1) await walk(procedure, version * 1_000 + seed, 16);
      const { report, told } = await simulate({ calendar: { text: await document('calendars/geneva.yaml'), fileName: 'geneva.yaml' } });
      expect(told.map(inShort)).toEqual([]);
      expect(report).toMatchObject({ different: 0, stopped: 0, unexplained: 0, toldOtherwise: 0 });
      expect(report.replayed).toBeGreaterThanOrEqual(WALKS * (version - 1));
      expect([...report.assumptions.keys()]).toEqual([]);
    },
    120_000,
  );

  it('and everything that a clock can meet was among it', async () => {
    expect([...taken.keys()].sort()).toEqual(['agree', 'answered', 'decline', 'extend', 'pause', 'resume', 'stage_paused', 'take_back']);
    const rows = await given.owner.query<{ type: string; kind: string }[]>(
      `SELECT DISTINCT type, actor_kind AS kind FROM case_event WHERE type LIKE 'clock%' OR type LIKE 'approval%' OR type = 'action_performed'`,
    );
    const seen = rows.map(({ type, kind }) => `${type} ${kind}`);
    for (const one of [
      'action_performed system',
      'clock_resumed system',
      'clock_escalated system',
      'approval_lapsed system',
      'clock_cancelled staff',
    ]) {
      expect(seen).toContain(one);
    }
  });
});

const stage = (code: string, rest: string) => `
  ${code}: { staffName: ${said(code)}, publicName: ${said(code)}, publicMeaning: ${said(code)}, publicNext: ${said(code)}, ${rest} }`;
const clock = (code: string) =>
  `clocks: { ${code}: { name: ${said(code)}, within: 5 working_days, ladder: [{ after: 1 working_day, tell: director }] } }`;

/** A track that opens another one and goes on by itself when that is over. */
const TWO_TRACKS = `procedure: remedy
version: 7
title: ${said('Two tracks')}
languages: [en]
calendar: geneva
initial: received
outcomes: { done: { staffName: ${said('Done')}, publicName: ${said('Done')} } }
stages:${stage('received', clock('look'))}${stage('waiting', clock('wait'))}${stage('rushed', clock('rush'))}${stage('over', 'end: true')}
actions:
  look_elsewhere: { name: ${said('Look')}, from: received, to: waiting, roles: officer, opens: remedy }
  go_on: { name: ${said('Go on')}, from: waiting, to: rushed, roles: system, trigger: sub_track_closed, guards: no_open_sub_track }
  give_up: { name: ${said('Give up')}, from: waiting, to: rushed, roles: officer }
  finish: { name: ${said('Finish')}, from: [received, rushed], to: over, roles: [officer, supervisor], outcomes: done, guards: no_open_sub_track }
`;

describe('a track that waits for another one', () => {
  it('is replayed with the end of the other as it was recorded, and stops where it would have had to wait', async () => {
    const done = await new PublishProcedure(given.owner, given.institution.rules).run({
      text: TWO_TRACKS,
      fileName: 'two.yaml',
      now: MONDAY,
    });
    expect(done).toMatchObject({ ok: true, version: 7 });
    const { actions } = parsed(TWO_TRACKS);
    const pick = chance(1);
    const action = (code: string) => actions.find((one) => one.code === code)!;
    const lived = new LivedCase(await given.filed({ now: MONDAY }), MONDAY, () => 7_000);
    expect(await lived.act(action('look_elsewhere'), pick)).toBe(true);
    await lived.wait(30 * HOUR);
    expect(await lived.act(action('finish'), pick, 1)).toBe(true);
    expect(await lived.tracks()).toMatchObject([{ stage: 'rushed' }, { stage: 'over' }]);
    expect(await lived.act(action('finish'), pick)).toBe(true);

    const ofCase = (told: readonly ToldTrack[]) => told.filter(({ reference }) => reference === lived.filed.reference).map(inShort);
    const own = await simulate({ procedure: { text: TWO_TRACKS, fileName: 'two.yaml' } });
    expect(ofCase(own.told)).toEqual([]);
    const byHand = TWO_TRACKS.replace(/^ {2}go_on: .*\n/m, '');
    const changed = await simulate({ procedure: { text: byHand, fileName: 'two.yaml' } });
    expect(ofCase(changed.told)).toEqual([expect.stringMatching(/"action":"finish","stage":"waiting","reason":\{"code":"wrong_stage"\}/)]);
  });

  it('stops where somebody acted on it who had taken part in the track that opened it, were that not allowed', async () => {
    const { actions } = parsed(TWO_TRACKS);
    const pick = chance(2);
    const action = (code: string) => actions.find((one) => one.code === code)!;
    const by = (role: StaffRole): Action => ({ ...action('finish'), roles: [role] });
    const references: string[] = [];
    for (const whoFinishes of ['officer', 'supervisor'] as const) {
      const lived = new LivedCase(await given.filed({ now: MONDAY }), MONDAY, () => 7_000);
      expect(await lived.act(action('look_elsewhere'), pick)).toBe(true);
      await lived.wait(30 * HOUR);
      expect(await lived.act(by(whoFinishes), pick, 1)).toBe(true);
      expect(await lived.act(by('officer'), pick)).toBe(true);
      references.push(lived.filed.reference);
    }
    const strict = TWO_TRACKS.replace(
      'guards: no_open_sub_track }\n  give_up',
      'guards: no_open_sub_track }\n  let_go: { name: LET_GO, from: [received, rushed], to: over, roles: officer, outcomes: done, guards: no_open_sub_track }\n  give_up',
    )
      .replace('LET_GO', said('Let go'))
      .replace(/(finish: .*guards:) no_open_sub_track/, '$1 [no_open_sub_track, took_no_part]');
    const { report, told } = await simulate({ procedure: { text: strict, fileName: 'two.yaml' } });
    const [took, tookNone] = references.map((reference) => told.filter((one) => one.reference === reference));
    expect(took?.map(inShort)).toEqual([
      expect.stringMatching(/"action":"finish","stage":"received","reason":\{"code":"guard_failed","guard":"took_no_part"/),
    ]);
    expect(tookNone).toEqual([]);
    expect(report.stops).toContainEqual(
      expect.objectContaining({ action: 'finish', stage: 'received', code: 'guard_failed', guards: ['took_no_part'] }),
    );
  });

  it('writes nothing: the database refuses it', async () => {
    await expect(
      inTransaction(given.owner, async (tx) => {
        await makeReadOnly(tx);
        await tx.query('UPDATE track SET has_news = true');
      }),
    ).rejects.toMatchObject({ driverError: { code: '25006' } });
  });
});

describe('a track that was moved to another version', () => {
  const MOVED_ON = new Date(MONDAY.getTime() + 30 * DAY);
  const RENAMED = {
    text: 'stages: { screening: eligibility }\nclocks: { decide_admissibility: decide_eligibility }',
    fileName: 'move.yaml',
  };
  const pick = chance(3);
  let newer: string;
  const lives = new Map<string, LivedCase>();
  const life = (name: string) => {
    const found = lives.get(name);
    if (!found) throw new Error(`no such life: ${name}`);
    return found;
  };

  /** Lives through the first version until the move, all of them through the move, and on under the second. */
  beforeAll(async () => {
    const text = (await document('procedures/remedy.yaml')).replace('version: 1', 'version: 8');
    newer = text
      .replace('version: 8', 'version: 9')
      .replaceAll(/\bscreening\b(?=[:,\]\n])/g, 'eligibility')
      .replaceAll(/\bdecide_admissibility\b/g, 'decide_eligibility');
    const publishText = async (yaml: string) => {
      const input = { text: yaml, fileName: 'remedy.yaml', now: MONDAY };
      expect(await new PublishProcedure(given.owner, given.institution.rules).run(input)).toMatchObject({ ok: true, published: true });
      return parsed(yaml);
    };
    const first = await publishText(text);
    const begin = async (name: string, ...actions: readonly string[]) => {
      const lived = new LivedCase(await given.filed({ now: MONDAY }), MONDAY, () => 7_000);
      lives.set(name, lived);
      for (const code of actions) {
        await lived.wait(2 * DAY);
        expect(
          await lived.act(
            first.actions.find((one) => one.code === code)!,
            pick,
          ),
        ).not.toBe(false);
      }
      await lived.wait(MOVED_ON.getTime() - lived.now.getTime());
    };
    await begin('waits for an answer', 'acknowledge', 'begin_screening', 'ask_for_information');
    await begin('is paused', 'acknowledge', 'begin_screening', 'pause_for_other_proceedings');
    await begin('was forgotten');
    await begin('waits for a second person', 'acknowledge', 'begin_screening', 'take_more_time', 'close_without_remedy');
    await begin('was over', 'acknowledge', 'withdraw');
    const second = await publishText(newer);
    const move = new MoveTracks(given.owner, given.institution.rules);
    const moved = await move.run({ procedure: 'remedy', from: 8, to: 9, mapping: RENAMED, isPreview: false, now: MOVED_ON });
    expect(moved).toMatchObject({ ok: true, report: { failed: [] } });
    expect(moved.ok && moved.report.moved).toHaveLength(4);

    const act = async (name: string, code: string, days = 2) => {
      await life(name).wait(days * DAY);
      const done = await life(name).act(
        second.actions.find((one) => one.code === code)!,
        pick,
      );
      expect([name, code, done]).not.toContain(false);
      return done;
    };
    await life('waits for an answer').wait(DAY);
    await life('waits for an answer').write();
    await act('waits for an answer', 'take_more_time');
    await act('is paused', 'continue_after_pause', 20);
    await act('was forgotten', 'acknowledge');
    await act('was forgotten', 'begin_screening');
    const approval = await act('waits for a second person', 'close_without_remedy');
    expect(await life('waits for a second person').answer(String(approval), 'agree', given.institution.director)).toBe(true);
    for (const lived of lives.values()) await lived.wait(NOW.getTime() - lived.now.getTime());
  }, 120_000);

  const toldOf = (told: readonly ToldTrack[]) =>
    told.flatMap((track) => {
      const [name] = [...lives].find(([, { filed }]) => filed.reference === track.reference) ?? [];
      return name === undefined ? [] : [`${name}: ${inShort(track)}`];
    });

  it('is replayed through the move, and is what its record says', async () => {
    const geneva = { text: await document('calendars/geneva.yaml'), fileName: 'geneva.yaml' };
    const { report, told } = await simulate({ calendar: geneva });
    expect(toldOf(told)).toEqual([]);
    expect(report).toMatchObject({ unexplained: 0, toldOtherwise: 0 });
    expect([...report.assumptions.keys()]).toEqual([]);
  });

  it('is compared with the new rules from its beginning, whatever its stages were called then', async () => {
    const same = await simulate({ procedure: { text: newer, fileName: 'same.yaml' } });
    expect(toldOf(same.told)).toEqual([]);
    const stricter = newer
      .replace(/(eligibility:[^]*?within: )20 working_days/, (_all, before: string) => `${before}12 working_days`)
      .replace('decide_eligibility: { extend: 20 working_days', 'decide_eligibility: { extend: 1 working_day');
    const { told } = await simulate({ procedure: { text: stricter, fileName: 'stricter.yaml' } });
    const differing = toldOf(told).map((line) => line.slice(0, line.indexOf(':')));
    expect(differing).toEqual(expect.arrayContaining(['is paused', 'waits for a second person', 'waits for an answer', 'was forgotten']));
    expect(differing).not.toContain('was over');
    expect(toldOf(told).join()).toContain('"clock":"decide_eligibility"');
    expect(toldOf(told).join()).not.toContain('unexplained');
  });
});
