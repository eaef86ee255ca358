import { randomUUID } from 'node:crypto';
import { availableActions, calendarOf, dateOf, decideApproval, findAction, type ComplaintKind, type Permission } from '@recourse/domain';
import { GIVEN_COMPLAINT, type Given, type GivenCase } from '@recourse/testing';
import { AssignTrack } from '../src/actions/assign-track';
import { collectFacts } from '../src/actions/collect-facts';
import { PerformAction } from '../src/actions/perform-action';
import { AnswerApproval } from '../src/approvals/answer-approval';
import { FireDeadline } from '../src/clocks/fire-deadline';
import { SendComplaintMessage } from '../src/conversation/send-complaint-message';
import { SendMessageToComplainant } from '../src/conversation/send-message-to-complainant';
import type { StoredTrack } from './case-invariants';
import type { ChainedEvent } from './case-rows';
import { filledIn, picked, WALKERS, type CaseStep } from './case-steps';
import { WatchedCase, type Procedures } from './watched-case';
import { isActedOn, runErrand } from './worker-errands';

/** A case on which people, the complainant and the worker act through the use cases, in whatever order. */
export class WalkedCase {
  readonly #taken = new Map<string, number>();

  private constructor(
    private readonly given: Given,
    private readonly filed: GivenCase,
    private readonly watched: WatchedCase,
    private readonly caseId: string,
    private now: Date,
  ) {}

  /** Files a complaint of this kind, and begins. */
  static async begin(given: Given, procedures: Procedures, kind: ComplaintKind, now: Date): Promise<WalkedCase> {
    const [last] = await given.owner.query<{ id: string | null }[]>('SELECT max(id::text) AS id FROM outbox_message');
    const filed = await given.filed({ complaint: { ...GIVEN_COMPLAINT, kind }, now });
    const { caseId } = await given.track(filed.reference);
    const watched = await WatchedCase.begin(given, procedures, caseId, last?.id ?? undefined);
    return new WalkedCase(given, filed, watched, caseId, now);
  }

  get reference(): string {
    return this.filed.reference;
  }

  get at(): Date {
    return this.now;
  }

  get events(): readonly ChainedEvent[] {
    return this.watched.events;
  }

  /** Every track of it is closed. */
  get isOver(): boolean {
    return this.#open.length === 0;
  }

  /**
   * Time passes, and the step is taken if it is allowed.
   * @throws Error with everything that was done when anything is wrong
   */
  async take(step: CaseStep): Promise<void> {
    const end = new Date(this.now.getTime() + step.hours * 3_600_000);
    if (step.isWorkerThere) await this.#passTo(end);
    this.now = end;
    await this.#person(step);
    if (step.isWorkerThere) await this.#catchUp();
  }

  get #open(): readonly StoredTrack[] {
    return this.watched.tracks.filter(({ row }) => row['closed_at'] === null);
  }

  /** The worker does what it was asked and fires each clock at its moment, or now where that has passed. */
  async #passTo(end: Date): Promise<void> {
    await this.#catchUp();
    for (let next = this.#nextFiring(end); next; next = this.#nextFiring(end)) {
      if (next.at > this.now) this.now = next.at;
      const { id } = next;
      await this.watched.checked(`a clock fires at ${this.now.toISOString()}`, async () => {
        const { fired, failed } = await new FireDeadline(this.given.worker, this.given.institution.rules).run({
          deadlineId: id,
          now: this.now,
        });
        return fired.length === 1 && failed.length === 0 ? [] : ['a clock whose time has come does not fire'];
      });
      await this.#catchUp();
    }
  }

  #nextFiring(end: Date): { readonly id: string; readonly at: Date } | undefined {
    return Object.entries(this.watched.plans.nextFireAt)
      .flatMap(([id, at]) => (at !== null && at <= end ? [{ id, at }] : []))
      .sort((one, other) => one.at.getTime() - other.at.getTime() || one.id.localeCompare(other.id))[0];
  }

  async #catchUp(): Promise<void> {
    for (let [next, ...rest] = this.watched.undone; next; [next, ...rest] = this.watched.undone) {
      const errand = next;
      this.watched.undone = rest;
      if (!isActedOn(errand)) continue;
      await this.watched.checked(`the worker takes ${errand.topic}`, async () => {
        const told = await runErrand(this.given, errand, this.now);
        return told?.length === 0 ? [`nobody is told of ${errand.topic}`] : [];
      });
    }
  }

  async #person(step: CaseStep): Promise<void> {
    const track = picked(this.#open, step.pick);
    if (!track) return;
    if (step.what === 'write') await this.#write();
    else if (step.what === 'send') await this.#send(step);
    else if (step.what === 'assign') await this.#assign(step, track);
    else if (step.what === 'answer') await this.#answer(step);
    else await this.#act(step, track);
  }

  async #write(): Promise<void> {
    await this.watched.checked('the complainant writes', async () => {
      const use = new SendComplaintMessage(this.given.intake, this.given.institution.secrets);
      const sent = await use.run({ digits: this.filed.receipt, clientKey: randomUUID(), body: 'It went on.', now: this.now });
      return sent.ok ? [] : [`their message is refused: ${sent.code}`];
    });
  }

  async #send({ who }: CaseStep): Promise<void> {
    await this.watched.checked(`${who} writes to the complainant`, async () => {
      const message = {
        actor: this.given.institution[who],
        reference: this.reference,
        clientKey: randomUUID(),
        body: 'We go on.',
        now: this.now,
      };
      const sent = await new SendMessageToComplainant(this.given.casework).run(message);
      return sent.ok ? [] : [`their message is refused: ${sent.code}`];
    });
  }

  /** Whether it is allowed is not known here: what is refused changes nothing. */
  async #assign({ who, pick }: CaseStep, { id: track, row }: StoredTrack): Promise<void> {
    const { institution } = this.given;
    const actor = institution[who];
    const assignee = pick % 4 === 0 ? undefined : picked([actor, institution.officer, institution.supervisor], pick);
    await this.watched.checked(`${who} gives it to ${assignee?.displayName ?? 'nobody'}`, async () => {
      const to = assignee && { assigneeId: assignee.staffId };
      const seenRevision = Number(row['revision']);
      await new AssignTrack(this.given.casework).run({ actor, reference: this.reference, track, ...to, seenRevision, now: this.now });
      return [];
    });
  }

  async #act(step: CaseStep, track: StoredTrack): Promise<void> {
    const { who, pick, what } = step;
    const actor = this.given.institution[who];
    const facts = await this.#factsOf(track);
    const state = { stage: String(track.row['stage']), revision: Number(track.row['revision']), closed: false };
    const available = availableActions(track.procedure, state, facts, { role: actor.role, staffId: actor.staffId, onTeam: true });
    const allowed = available.flatMap(({ decision }) => (decision.ok && (step.isEndWanted || !decision.closes) ? [decision] : []));
    const refused = available.flatMap(({ action, decision }) => (decision.ok ? [] : [action]));
    if (what === 'try_refused') {
      const action = picked(refused, pick);
      if (action) await this.#perform(step, track, action.code, false, {});
      return;
    }
    const chosen = picked(this.#preferred(allowed, step), pick);
    if (chosen)
      await this.#perform(step, track, chosen.action.code, chosen.closes, { isStale: what === 'come_late', isAllowed: what === 'act' });
  }

  #preferred(allowed: readonly Permission[], { isNewWanted }: CaseStep): readonly Permission[] {
    const times = allowed.map(({ action }) => this.#taken.get(action.code) ?? 0);
    return isNewWanted ? allowed.filter((_, place) => times[place] === Math.min(...times)) : allowed;
  }

  async #perform(
    { who, pick }: CaseStep,
    { id: track, procedure, row }: StoredTrack,
    action: string,
    closes: boolean,
    { isAllowed = false, isStale = false }: { readonly isAllowed?: boolean; readonly isStale?: boolean },
  ): Promise<void> {
    const { institution } = this.given;
    const rule = findAction(procedure, action);
    if (!rule) throw new Error(`${action} has no rule`);
    const today = dateOf(calendarOf(institution.rules.calendars, procedure.calendar), this.now);
    const given = filledIn(rule, closes, { pick, today }, institution);
    const seenRevision = Number(row['revision']) - (isStale ? 1 : 0);
    await this.watched.checked(`${who} ${isAllowed ? 'takes' : 'may not take'} ${action}`, async () => {
      const input = { actor: institution[who], reference: this.reference, track, action, seenRevision, ...given, now: this.now };
      const done = await new PerformAction(this.given.casework, institution.rules).run(input);
      if (done.ok) this.#taken.set(action, (this.#taken.get(action) ?? 0) + 1);
      return done.ok === isAllowed ? [] : [`${action} is ${done.ok ? 'taken' : `refused: ${JSON.stringify(done.refusal)}`}`];
    });
  }

  /** Somebody who may answer does; whoever asked takes it back now and then. */
  async #answer({ pick }: CaseStep): Promise<void> {
    const waiting = Object.entries(this.watched.rows.approval_request).filter(([, { state }]) => state === 'waiting');
    const [id, request] = picked(waiting, pick) ?? [];
    const track = this.#open.find((one) => one.id === request?.['track_id']);
    if (id === undefined || !request || !track) return;
    const asked = { action: String(request['action']), requestedBy: String(request['requested_by']) };
    const state = { stage: String(track.row['stage']), revision: Number(track.row['revision']), closed: false };
    const facts = await this.#factsOf(track);
    const people = WALKERS.map((who) => this.given.institution[who]);
    const able = people.filter(
      ({ role, staffId }) => decideApproval(track.procedure, state, facts, { role, staffId, onTeam: true }, asked).ok,
    );
    const answer = pick % 7 === 0 ? 'take_back' : pick % 5 === 0 ? 'decline' : 'agree';
    const actor = answer === 'take_back' ? people.find(({ staffId }) => staffId === asked.requestedBy) : picked(able, pick);
    if (!actor) return;
    await this.watched.checked(`${actor.displayName}: ${answer} ${asked.action}`, async () => {
      const input = { actor, reference: this.reference, approval: id, answer, reason: 'Looked at twice.', now: this.now } as const;
      const answered = await new AnswerApproval(this.given.casework, this.given.institution.rules).run(input);
      return answered.ok ? [] : [`the answer is refused: ${answered.code}`];
    });
  }

  /** As the use cases collect them. */
  async #factsOf({ id, row }: StoredTrack) {
    const assigneeId = (row['assignee_id'] ?? null) as string | null;
    const parentTrackId = (row['parent_track_id'] ?? null) as string | null;
    return collectFacts(this.given.owner.manager, { id, caseId: this.caseId, assigneeId, parentTrackId }, this.now);
  }
}
