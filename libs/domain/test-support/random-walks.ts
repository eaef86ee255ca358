import fc from 'fast-check';
import type { OpenClock } from '../src/clocks/clock-change';
import type { RecordedEvent } from '../src/simulation/recorded-case';
import { ACCOUNTABLE_RECIPIENTS, whomToTell } from '../src/clocks/recipients';
import type { ActionActor } from '../src/procedures/decide';
import { findAction, findClock, stageOf, type Procedure } from '../src/procedures/procedure';
import type { Calendars } from '../src/clocks/clock-change';
import { shippedCalendar } from './documents';
import { standing, untold } from './untold-state';
import { WalkedTrack } from './walked-track';

type Person = ActionActor & { readonly staffId: string };

const STAFF: readonly Person[] = [
  { staffId: 'first officer', role: 'officer', onTeam: true },
  { staffId: 'second officer', role: 'officer', onTeam: true },
  { staffId: 'first supervisor', role: 'supervisor', onTeam: true },
  { staffId: 'second supervisor', role: 'supervisor', onTeam: true },
  { staffId: 'director', role: 'director', onTeam: true },
];

const ROLES = new Map(STAFF.flatMap(({ staffId, role }) => (role === 'system' ? [] : [[staffId, role]])));

/** Those that the shipped procedures use. */
export const WALK_CALENDARS: Calendars = new Map(['geneva', 'gulf'].map((code) => [code, shippedCalendar(code)]));

/** What somebody or the complainant tries after some hours. */
export interface Step {
  readonly what: 'act' | 'answer' | 'write' | 'assign' | 'end_sub_track';
  readonly who: Person;
  readonly pick: number;
  readonly hours: number;
  /** A patient walk never closes the track, and what was not done yet is preferred, so that walks come to the far stages. */
  readonly isEndWanted: boolean;
  readonly isNewWanted: boolean;
}

/** Random steps, so many at least and at most. */
export const stepsOf = (minLength: number, maxLength: number) =>
  fc.array(
    fc.record<Step>({
      what: fc.constantFrom('act', 'act', 'act', 'act', 'act', 'act', 'act', 'answer', 'answer', 'write', 'assign', 'end_sub_track'),
      who: fc.constantFrom(...STAFF),
      pick: fc.nat(),
      hours: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 60 }) }, fc.integer({ min: 0, max: 1500 })),
      isEndWanted: fc.constantFrom(true, ...Array<boolean>(6).fill(false)),
      isNewWanted: fc.constantFrom(true, true, true, false),
    }),
    { minLength, maxLength },
  );

function picked<T>(among: readonly T[], pick: number): T | undefined {
  return among[pick % among.length];
}

/** Time passes, and the step is taken if it is allowed. */
export function take(track: WalkedTrack, step: Step): void {
  const { what, pick, hours } = step;
  track.wait(hours);
  if (what === 'assign') track.assign(pick % 4 > 0);
  if (what === 'write') track.complainantWrites();
  if (what === 'end_sub_track') track.endSubTrack();
  if (what === 'answer') answer(track, pick);
  if (what === 'act') act(track, step);
}

function act(track: WalkedTrack, { who, pick, isEndWanted, isNewWanted }: Step): void {
  const allowed = track.allowed(who, isEndWanted).map((permission) => {
    return { permission, before: track.taken.filter((code) => code === permission.action.code).length };
  });
  const least = Math.min(...allowed.map(({ before }) => before));
  const chosen = picked(isNewWanted ? allowed.filter(({ before }) => before === least) : allowed, pick);
  if (chosen) track.act(who, chosen.permission);
}

/** Somebody agrees, or declines; never whoever asked. */
function answer(track: WalkedTrack, pick: number): void {
  const request = picked(track.approvals, pick);
  if (!request) return;
  const answers = STAFF.map((who) => ({ who, decision: track.asked(who, request) }));
  const permitted = answers.flatMap(({ who, decision }) => (decision.ok ? [{ who, decision }] : []));
  if (permitted.some(({ who }) => who.staffId === request.requestedBy)) throw new Error(`whoever asked for ${request.action} gave it`);
  const [first] = permitted;
  if (first) track.answer(request, first.who, pick % 5 > 0 ? first.decision : undefined);
}

/** What is wrong where a track stands: states in which nobody has to do anything, or nobody answers for it. */
function wrongWith({ procedure, stage, clocks, isClosed }: WalkedTrack): readonly string[] {
  const codes = clocks.map(({ clock }) => clock);
  if (isClosed) return codes.map((code) => `closed, and ${code} is not over`);
  const running = clocks.filter(({ state }) => state === 'running');
  const unending = clocks.filter(({ state, pausedUntil }) => state === 'paused' && pausedUntil === undefined);
  return [
    ...(clocks.length === unending.length ? ['no clock runs, and none goes on by itself'] : []),
    ...(running.length === 0 ? unending.map(({ clock }) => `${clock} is paused for good`) : []),
    ...unending.filter((clock) => !isWaitedFor(procedure, stage, clock)).map(({ clock }) => `nothing in ${stage} keeps ${clock} waiting`),
    ...codes.filter((code, index) => codes.indexOf(code) < index).map((code) => `${code} is there twice`),
    ...stageOf(procedure, stage).clocks.flatMap(({ code }) => (codes.includes(code) ? [] : [`${code} is missing in ${stage}`])),
    ...running.filter(({ clock }) => !endsWithPerson(procedure, clock)).map(({ clock }) => `nobody answers for ${clock}`),
  ];
}

/** Without an end of its own, a clock waits only as long as the track is elsewhere, or in a stage that the clock names. */
function isWaitedFor(procedure: Procedure, stage: string, { clock, stage: own }: OpenClock): boolean {
  const across = procedure.clocks.find(({ code }) => code === clock);
  return across ? across.pausesIn.includes(stage) : own !== stage;
}

/** Somebody with authority stands at the end of the ladder, and is told even when they are the last one there. */
function endsWithPerson(procedure: Procedure, code: string): boolean {
  const last = findClock(procedure, code)?.ladder.at(-1);
  if (!last?.tell.some((recipient) => ACCOUNTABLE_RECIPIENTS.includes(recipient))) return false;
  const nobody = { team: [], desk: [], teamLeads: [], supervisors: [], directors: [] };
  return whomToTell(last.tell, { ...nobody, directors: ['director'] }, last.otherwise).staffIds.includes('director');
}

/** Whoever asked is refused, in whatever role they come back. */
function agreesWithThemselves(track: WalkedTrack): readonly string[] {
  return track.approvals.flatMap((request) =>
    (findAction(track.procedure, request.action)?.approval?.roles ?? []).flatMap((role) =>
      track.asked({ role, staffId: request.requestedBy, onTeam: true }, request).ok ? [`${request.action} as ${role}`] : [],
    ),
  );
}

/** What came of one step. */
export interface Taken {
  /** The clocks as they were before. */
  readonly before: readonly OpenClock[];
  /** Codes of the actions. */
  readonly actions: readonly string[];
  readonly events: readonly RecordedEvent[];
}

/** What a step must not have done to the clocks that were there before and are there still. */
export function lostBetween(track: WalkedTrack, { before, actions, events }: Taken): readonly string[] {
  const { procedure, stage, clocks, now } = track;
  const isWaiting = actions.length > 0 && actions.every((code) => findAction(procedure, code)?.clocks === 'pause');
  return before
    .flatMap((was) => {
      const is = clocks.find(({ id }) => id === was.id);
      if (!is) return isWaiting && was.state === 'paused' ? [`${was.clock} was waiting, and ${actions.join(', ')} ended it`] : [];
      return [
        ...(is.extensions < was.extensions ? [`${is.clock} forgot that it was given more time`] : []),
        ...(isAsStopped(procedure, was, is, wentOn(was, now, events)) ? [] : [`${is.clock} has not left what it had when it was stopped`]),
      ];
    })
    .concat(
      clocks.flatMap(({ clock, state, dueAt }) => {
        const across = procedure.clocks.find(({ code }) => code === clock);
        return state === 'running' && dueAt > now && across?.pausesIn.includes(stage) ? [`${clock} runs in ${stage}, where it waits`] : [];
      }),
    );
}

/** Units whose ends move off days of rest: a clock that is stopped again keeps what it moved by. */
const MOVED_OFF_REST: readonly unknown[] = ['calendar_days', 'weeks', 'months'];

/** True unless a clock that waited before and after has something else left. One that went on in between may have been stopped again with less, but not with more. */
function isAsStopped(procedure: Procedure, was: OpenClock, is: OpenClock, hasGoneOn: boolean): boolean {
  const [before, after] = [was.remainingMs, is.remainingMs];
  if (before === undefined || after === undefined) return true;
  if (!hasGoneOn) return after === before;
  return after <= before || MOVED_OFF_REST.includes(findClock(procedure, is.clock)?.within.unit);
}

/** True when the end of a clock's own pause came in a step, and it went on. Nothing else lets a clock go on and stops it in one step. */
function wentOn({ id, pausedUntil }: OpenClock, now: Date, events: readonly RecordedEvent[]): boolean {
  const isOver = pausedUntil !== undefined && pausedUntil <= now;
  return isOver && events.some(({ type, payload }) => type === 'clock_resumed' && payload['deadlineId'] === id);
}

/** Nothing changes without an event, and no event tells of nothing; that the complainant wrote is a change by itself. */
function unrecorded(before: string, after: string, events: readonly RecordedEvent[]): readonly string[] {
  const written = events.map(({ type }) => type);
  const isChanged = before !== after;
  const isTold = written.some((type) => type !== 'message_received');
  return isChanged === isTold
    ? []
    : [isChanged ? 'something changed, and the record does not know' : `nothing changed for ${written.join(', ')}`];
}

/** What came of a walk. */
export interface Walked {
  /** Stages that were seen. */
  readonly stages: ReadonlySet<string>;
  /** How many actions were taken. */
  readonly actions: number;
}

/**
 * Takes the steps one after the other; where a track is closed, a new one begins. After each step everything that must hold is looked at; at the end of each
 * track its record is read and replayed.
 * @param isReplayed false to leave reading and replaying to other walks: it doubles the time
 * @throws Error with what was done on the track when anything is wrong after a step, or the record does not tell where the walk has come to
 */
export function walkAlong(procedure: Procedure, sequence: readonly Step[], isPatient: boolean, isReplayed = true): Walked {
  const begin = () => new WalkedTrack(procedure, WALK_CALENDARS, new Date('2026-01-15T10:00:00Z'));
  const stages = new Set<string>();
  let taken = 0;
  let track = begin();
  let done: string[] = [];
  const told = (): readonly string[] => (isReplayed ? untold(track, ROLES) : []);
  let standsAs = standing(track);
  const check = (wrong: readonly string[]): void => {
    if (wrong.length > 0) throw new Error(`${wrong.join('; ')}\nDone: ${done.join(', ')}`);
  };
  for (const step of sequence) {
    const [before, alreadyTaken, stoodAs, written] = [track.clocks, track.taken.length, standsAs, track.record.events.length];
    take(track, { ...step, isEndWanted: step.isEndWanted && !isPatient });
    stages.add(track.stage);
    const [actions, events] = [track.taken.slice(alreadyTaken), track.record.events.slice(written)];
    done.push(`after ${step.hours} h ${[step.what, ...actions].join(' ')}`);
    check([...wrongWith(track), ...agreesWithThemselves(track), ...lostBetween(track, { before, actions, events })]);
    standsAs = standing(track);
    check(unrecorded(stoodAs, standsAs, events));
    if (!track.isClosed) continue;
    check(told());
    taken += track.taken.length;
    [track, done] = [begin(), []];
    standsAs = standing(track);
  }
  check(told());
  return { stages, actions: taken + track.taken.length };
}

/** Which walks: so many; the same each time with a seed; one of them with its path, too. */
export interface WalksTaken {
  readonly numRuns?: number;
  readonly seed?: number;
  readonly path?: string;
}

/**
 * Asserts that no walk goes wrong. What is told of one that does is how to take it again, what is wrong and what was done, without the steps as they were drawn:
 * those are one line so long that logs cut it. For the same reason it is not made shorter, which would make its path long.
 * @throws Error of the first walk that goes wrong
 */
export function assertWalks<Ts>(walk: fc.IProperty<Ts>, taken: WalksTaken): void {
  const { failed, seed, counterexamplePath, numRuns, errorInstance } = fc.check(walk, { ...taken, endOnFailure: true });
  if (!failed) return;
  const again = `{ seed: ${seed}, path: '${counterexamplePath ?? ''}' }`;
  const wrong = errorInstance instanceof Error ? errorInstance.message : 'it was interrupted';
  throw new Error(`walk ${numRuns} went wrong; to take it again: ${again}\n${wrong}`, { cause: errorInstance });
}
