import {
  AssignTrack,
  FireDeadline,
  MarkRead,
  OpenCase,
  OpenComplaintByReceipt,
  PerformAction,
  SendComplaintMessage,
  SendMessageToComplainant,
  TakeTriggeredAction,
  type SignedInStaff,
} from '@recourse/cases';
import { findCaseByReference, findCompanyByName, findNextFiringAt, findMessage, listTracksOfCase, type Track } from '@recourse/persistence';
import { v5 } from 'uuid';
import type { DemoLife, DemoStep } from './demo-step';
import { DEMO_NAMESPACE, type DemoSurroundings, type LiveCase } from './demo-surroundings';

/** A step with the case it belongs to and its place in the case's life. */
interface PlannedStep {
  readonly code: string;
  readonly live: LiveCase;
  readonly step: DemoStep;
  readonly index: number;
  /** Revision of the track before the step: one more for each step before it that moves the track. */
  readonly revision: number;
  readonly at: Date;
}

const DAY_MS = 24 * 3_600_000;

/**
 * Plays the lives of the demo complaints in the order of time, all cases together, with the clocks firing in between at their own moments: the record
 * reads as if it had happened. A step that was played before is passed over, so an interrupted seed goes on where it stopped.
 */
export class LiveDemo {
  constructor(
    private readonly surroundings: DemoSurroundings,
    private readonly people: ReadonlyMap<string, SignedInStaff>,
    private readonly cases: ReadonlyMap<string, LiveCase>,
  ) {}

  /** @throws Error when a step is refused: the lives and the procedure do not fit */
  async play(lives: readonly DemoLife[]): Promise<void> {
    const steps = lives.flatMap((life) => this.plan(life)).sort((a, b) => a.at.getTime() - b.at.getTime());
    for (const planned of steps) {
      if (!(await this.isDone(planned))) {
        await this.fireClocksUntil(planned.at);
        await this.playStep(planned);
      }
    }
  }

  private plan({ code, steps }: DemoLife): readonly PlannedStep[] {
    const live = this.cases.get(code);
    if (live === undefined) {
      throw new Error(`there is no demo complaint ${code}`);
    }
    let revision = 1;
    return steps.map((step, index) => {
      const planned = { code, live, step, index, revision, at: new Date(this.surroundings.now.getTime() - step.daysAgo * DAY_MS) };
      revision += movesTrack(step) ? 1 : 0;
      return planned;
    });
  }

  private async isDone({ live, step, revision, code, index, at }: PlannedStep): Promise<boolean> {
    const { owner } = this.surroundings;
    const track = await this.track(live);
    if (movesTrack(step)) {
      return track.revision > revision;
    }
    if (step.does === 'nothing') {
      const next = await findNextFiringAt(owner.manager);
      return next === undefined || next > at;
    }
    const id = v5(clientKey(code, index), track.caseId);
    return (await findMessage(owner.manager, track.caseId, id)) !== undefined;
  }

  /** One firing at a time, each at its own moment, in the worker's own role. */
  private async fireClocksUntil(until: Date): Promise<void> {
    const { worker, rules } = this.surroundings;
    const fire = new FireDeadline(worker, rules);
    for (;;) {
      const next = await findNextFiringAt(worker.manager);
      if (next === undefined || next > until) {
        return;
      }
      const { fired, failed } = await fire.runDue({ now: next, limit: 100 });
      if (failed.length > 0 || fired.length === 0) {
        throw new Error('a clock of the demo workspace does not fire', { cause: failed[0]?.error });
      }
    }
  }

  private async playStep({ code, live, step, index, at }: PlannedStep): Promise<void> {
    const key = clientKey(code, index);
    switch (step.does) {
      case 'take':
        await this.read(live, step.by, at);
        return this.take(live, step.by, at);
      case 'act':
        await this.read(live, step.by, at);
        return this.act(live, step, at);
      case 'write_to_complainant':
        await this.read(live, step.by, at);
        return this.writeToComplainant(live, step, { key, at });
      case 'complainant_writes':
        return this.complainantWrites(live, step, { key, at });
      case 'nothing':
        return;
    }
  }

  /** Nobody acts on a case without having read it. */
  private async read({ reference }: LiveCase, by: string, now: Date): Promise<void> {
    const { casework, rules } = this.surroundings;
    const actor = this.person(by);
    expectDone(await new OpenCase(casework, rules).run({ actor, reference, now }), `${by} opens ${reference}`);
    expectDone(await new MarkRead(casework).run({ actor, reference, now }), `${by} reads ${reference}`);
  }

  private async take(live: LiveCase, by: string, now: Date): Promise<void> {
    const actor = this.person(by);
    const { id, revision } = await this.track(live);
    const assign = new AssignTrack(this.surroundings.casework);
    const result = await assign.run({
      actor,
      reference: live.reference,
      track: id,
      assigneeId: actor.staffId,
      seenRevision: revision,
      now,
    });
    expectDone(result, `${by} takes ${live.reference}`);
  }

  private async act(live: LiveCase, step: Extract<DemoStep, { does: 'act' }>, now: Date): Promise<void> {
    const { casework, rules } = this.surroundings;
    const { id, revision } = await this.track(live);
    const { by, action, does: _, daysAgo: __, inputs = {}, ...texts } = step;
    const given = await Promise.all(Object.entries(inputs).map(async ([name, value]) => [name, await this.meant(value, now)] as const));
    const result = await new PerformAction(casework, rules).run({
      actor: this.person(by),
      reference: live.reference,
      track: id,
      action,
      seenRevision: revision,
      inputs: Object.fromEntries(given),
      ...texts,
      now,
    });
    expectDone(result, `${action} on ${live.reference}`);
  }

  private async writeToComplainant(
    live: LiveCase,
    step: Extract<DemoStep, { does: 'write_to_complainant' }>,
    { key, at }: { readonly key: string; readonly at: Date },
  ): Promise<void> {
    const { casework } = this.surroundings;
    const letter = { actor: this.person(step.by), reference: live.reference, clientKey: key, body: step.body, now: at };
    expectDone(await new SendMessageToComplainant(casework).run(letter), `a letter in ${live.reference}`);
  }

  private async complainantWrites(
    live: LiveCase,
    step: Extract<DemoStep, { does: 'complainant_writes' }>,
    { key, at }: { readonly key: string; readonly at: Date },
  ): Promise<void> {
    const { intake, worker, rules, secrets } = this.surroundings;
    // Whoever answers has read what was asked.
    expectDone(
      await new OpenComplaintByReceipt(intake, secrets, rules).run({ digits: live.receipt, now: at }),
      `a visit to ${live.reference}`,
    );
    const send = new SendComplaintMessage(intake, secrets);
    expectDone(await send.run({ digits: live.receipt, clientKey: key, body: step.body, now: at }), `a message in ${live.reference}`);
    if (step.moves === true) {
      const { caseId } = await this.track(live);
      const { eventIds } = await new TakeTriggeredAction(worker, rules).run({
        caseId,
        trigger: 'complainant_wrote',
        happenedAt: at,
        cause: key,
        now: at,
      });
      if (eventIds.length !== 1) {
        throw new Error(`the track of ${live.reference} did not go on`);
      }
    }
  }

  private async track({ reference }: LiveCase): Promise<Track> {
    const { manager } = this.surroundings.owner;
    const file = await findCaseByReference(manager, reference);
    const [track] = file === undefined ? [] : await listTracksOfCase(manager, file.id);
    if (track === undefined) {
      throw new Error(`there is no case ${reference}`);
    }
    return track;
  }

  private async meant(value: string, now: Date): Promise<string> {
    if (value === '@day') {
      return now.toISOString().slice(0, 10);
    }
    if (!value.startsWith('@company ')) {
      return value;
    }
    const company = await findCompanyByName(this.surroundings.owner.manager, value.slice('@company '.length));
    if (company === undefined) {
      throw new Error(`there is no company ${value}`);
    }
    return company.id;
  }

  private person(signInName: string): SignedInStaff {
    const person = this.people.get(signInName);
    if (person === undefined) {
      throw new Error(`there is nobody called ${signInName}`);
    }
    return person;
  }
}

function movesTrack(step: DemoStep): boolean {
  return step.does === 'take' || step.does === 'act' || (step.does === 'complainant_writes' && step.moves === true);
}

function clientKey(code: string, index: number): string {
  return v5(`${code} ${index}`, DEMO_NAMESPACE);
}

function expectDone(result: { readonly ok: boolean }, what: string): void {
  if (!result.ok) {
    throw new Error(`the demo workspace does not fit the procedure: ${what} was refused with ${JSON.stringify(result)}`);
  }
}
