import type { ActionTrigger, ActorRole, InputType, StaffRole } from './vocabulary';
import type { Duration } from '../clocks/duration';
import type { Recipient } from '../clocks/recipients';

/** A text in several languages, by BCP 47 tag: `{en: 'Received', ar: '…'}`. A published procedure has every language it declares. */
export type Wording = Readonly<Record<string, string>>;

/** A published rule book: what may happen to a case, by whom, and by when. Read from YAML by {@link parseProcedure}. */
export interface Procedure {
  /** Its code, `snake_case`, the same in every version. */
  readonly procedure: string;
  /** 1 or more; a published version never changes. */
  readonly version: number;
  readonly title: Wording;
  /** What the institution should know before it uses it, for staff: what is its own to set. */
  readonly note?: Wording;
  /** BCP 47 tags of the languages in which every wording is given. */
  readonly languages: readonly string[];
  /** Code of the calendar that clocks use unless they name their own. */
  readonly calendar: string;
  /** Code of the stage in which a track begins. */
  readonly initial: string;
  /** What must be established on this track before some actions, in the order of the document. */
  readonly facts: readonly DeclaredFact[];
  /** Clocks that run across stages, in the order of the document. Those of one stage are in {@link Stage.clocks}. */
  readonly clocks: readonly Clock[];
  /** The reasons with which a track can be closed, in the order of the document. */
  readonly closingOutcomes: readonly ClosingOutcome[];
  /** In the order of the document. */
  readonly stages: readonly Stage[];
  /** In the order of the document, which is the order of the buttons. */
  readonly actions: readonly Action[];
}

/** Something that holds or does not hold on a track, because an action established or revoked it. Guards name it by its code. */
export interface DeclaredFact {
  readonly code: string;
  /** For staff, as a statement: “The complainant agreed that the company is told”. */
  readonly name: Wording;
}

/** Why a track was closed. */
export interface ClosingOutcome {
  readonly code: string;
  readonly staffName: Wording;
  /** The same in words for the complainant. */
  readonly publicName: Wording;
}

/** Where a track can stand. */
export interface Stage {
  readonly code: string;
  readonly staffName: Wording;
  readonly publicName: Wording;
  /** What is happening now, in plain words for the complainant. */
  readonly publicMeaning: Wording;
  /** What happens next, and what the complainant can do. */
  readonly publicNext: Wording;
  /** True when a track that comes here is closed. Such a stage has no clocks and no actions. */
  readonly isEnd: boolean;
  /** One or more, except at an end. All start when the stage is entered. */
  readonly clocks: readonly Clock[];
}

/** What must be done by when, who is reminded before, and who is told after. */
export interface Clock {
  /** Unique in the procedure; stored in `deadline.kind`. */
  readonly code: string;
  /** What is done by then, for staff, as on a button: “Acknowledge”. Empty in a version that was published before clocks had names: see {@link clockName}. */
  readonly name: Wording;
  /** What is done by then, in words for the complainant: the public page names the clock by it. */
  readonly publicName?: Wording;
  readonly within: Duration;
  /** Code of the calendar that says which days are working days. */
  readonly calendar: string;
  readonly startsOn: ClockStart;
  /** Stages in which it waits by itself, and goes on when the track leaves them. Empty for the clock of a stage. */
  readonly pausesIn: readonly string[];
  /** Stages whose entering ends it, besides every end. Empty for the clock of a stage, which ends with its stage. */
  readonly stopsIn: readonly string[];
  /** How long before it runs out somebody is reminded; longest first. */
  readonly warnBefore: readonly Duration[];
  /** Who is reminded, and who is told at the moment it runs out. */
  readonly tell: readonly Recipient[];
  /** Who is told when it stays undone; soonest first, and the last one is a person with authority. */
  readonly ladder: readonly Rung[];
  /** After the last rung: how often its recipients are told again, for as long as nothing happens. */
  readonly repeatEvery?: Duration;
}

/** When a clock begins: with its stage, with the track, or each time one of these actions is taken. */
export type ClockStart =
  { readonly on: 'stage_entered' } | { readonly on: 'track_opened' } | { readonly on: 'action'; readonly actions: readonly string[] };

/** One step of an escalation ladder. */
export interface Rung {
  /** Counted from the moment the clock ran out. */
  readonly after: Duration;
  readonly tell: readonly Recipient[];
  /** How they are told. The board always shows it; `email` sends a message besides. */
  readonly through: readonly TellingChannel[];
  /** Who is told when nobody holds any role of `tell`; the next one upwards where it is not said. */
  readonly otherwise: readonly Recipient[];
}

/** How staff are told of a clock. */
export type TellingChannel = (typeof TELLING_CHANNELS)[number];
export const TELLING_CHANNELS = ['email', 'board'] as const;

/** What an action does to one running or paused clock, besides what moving does. */
export type ClockOperation =
  | {
      readonly operation: 'pause';
      readonly clock: string;
      /** After so long it goes on by itself: no clock is paused without an end. */
      readonly atMost: Duration;
    }
  | { readonly operation: 'resume'; readonly clock: string }
  | {
      readonly operation: 'restart';
      readonly clock: string;
      /** As for `extend`: what begins anew was given more time, too. */
      readonly times: number;
    }
  | {
      readonly operation: 'extend';
      readonly clock: string;
      readonly by: Duration;
      /** How often the clock was given more time at most, in the whole life of the track, however often its stage is entered. */
      readonly times: number;
    };

/** A second person who must agree before an action is taken. Never the one who asked. */
export interface Approval {
  readonly roles: readonly StaffRole[];
  /** How long the request may wait before it is reported as stuck. */
  readonly within: Duration;
}

/**
 * What an action does to the clocks of the stage it leaves.
 * - `finish`: they were met, in time or late.
 * - `pause`: they stop and keep what remains; one that is paused already keeps its pause, and its end.
 * - `resume`: they were met; it leads back to a stage that waits.
 * - `keep`: nothing changes; the only choice for an action that stays in its stage.
 *
 * The clocks of the new stage start, or go on with what remained if they wait for it. Those of other stages wait on as long as `resume` leads back to their stage.
 */
export type ClockEffect = 'finish' | 'pause' | 'resume' | 'keep';

/** What somebody does to move a track. */
export interface Action {
  readonly code: string;
  /** Imperative, as on the button. */
  readonly name: Wording;
  /** A sentence for staff: when to use it. */
  readonly hint?: Wording;
  /** Codes of the stages in which it can be taken. */
  readonly from: readonly string[];
  /** Code of the stage it leads to, or `same`. */
  readonly to: string;
  /** Who may take it: roles of staff, or `system` for what the software does by itself on {@link Action.trigger}. */
  readonly roles: readonly ActorRole[];
  /** What makes the software take it; only with the role `system`. */
  readonly trigger?: ActionTrigger;
  /** For the trigger `clock_ran_out`: which clock. */
  readonly onClock?: string;
  /** Conditions by name: built in ({@link GUARDS}), a declared fact, or `not_` before the code of a fact. */
  readonly guards: readonly string[];
  readonly inputs: readonly Input[];
  /** Whether the actor must say why. Sealed. */
  readonly reason: Requirement;
  /** Whether a letter to the complainant goes with it. Sealed. */
  readonly message: Requirement;
  /** What the letter must say, for whoever writes it. */
  readonly messageHint?: Wording;
  /** Codes of the closing outcomes to choose from; empty unless it leads to an end. With one only, there is nothing to choose. */
  readonly outcomes: readonly string[];
  /** Facts that hold once it was taken (see {@link recordedFacts}). */
  readonly establishes: readonly string[];
  /** Facts that no longer hold once it was taken. */
  readonly revokes: readonly string[];
  readonly clocks: ClockEffect;
  /** What it does to single clocks, each at most once. */
  readonly changesClocks: readonly ClockOperation[];
  /** The second person it needs. */
  readonly approval?: Approval;
  /** Code of the procedure that a new track on the same case begins under. */
  readonly opens?: string;
  /** Who of the staff is told that it was taken, besides whoever took it. */
  readonly tellsStaff: readonly Recipient[];
  /** True when the complainant gets a nudge to come and look, if they chose a route. A letter always nudges. */
  readonly tellsComplainant: boolean;
}

/** Whether something must, may or cannot be given. */
export type Requirement = 'required' | 'optional' | 'none';

/** One thing an action asks for. */
export interface Input {
  /** `snake_case`, unique in its action. */
  readonly name: string;
  readonly type: InputType;
  readonly required: boolean;
  readonly label: Wording;
  readonly hint?: Wording;
  /** For `choice`: what can be chosen. Empty otherwise. */
  readonly choices: readonly Choice[];
  /** True for what a person writes: it goes into the sealed part of the event. Codes, dates and ids stay readable. */
  readonly sealed: boolean;
  /** For `text` and `long_text`: the largest number of characters (code points). */
  readonly limit?: number;
  /** For `date`: true when it may not lie in the future. */
  readonly notInFuture: boolean;
}

/** One answer that can be chosen. */
export interface Choice {
  readonly code: string;
  readonly name: Wording;
}

/** The stage with this code, or nothing. */
export function findStage(procedure: Procedure, code: string): Stage | undefined {
  return procedure.stages.find((stage) => stage.code === code);
}

/**
 * The stage with this code.
 * @throws Error when the procedure has none: a track pinned to a procedure cannot stand outside it
 */
export function stageOf(procedure: Procedure, code: string): Stage {
  const stage = findStage(procedure, code);
  if (!stage) throw new Error(`procedure ${procedure.procedure} ${procedure.version} has no stage ${code}`);
  return stage;
}

/** The action with this code, or nothing. */
export function findAction(procedure: Procedure, code: string): Action | undefined {
  return procedure.actions.find((action) => action.code === code);
}

/** The closing outcome with this code, or nothing. */
export function findOutcome(procedure: Procedure, code: string): ClosingOutcome | undefined {
  return procedure.closingOutcomes.find((outcome) => outcome.code === code);
}

/** A procedure never changes, and its clocks are asked for at every step of everything. */
const clocksOf = new WeakMap<Procedure, readonly Clock[]>();

/** Every clock: those across stages, then those of each stage. */
export function allClocks(procedure: Procedure): readonly Clock[] {
  const known = clocksOf.get(procedure);
  if (known) return known;
  const clocks = [...procedure.clocks, ...procedure.stages.flatMap((stage) => stage.clocks)];
  clocksOf.set(procedure, clocks);
  return clocks;
}

/** Codes of the calendars by which anything is counted under it: its own, and those that its clocks name. */
export function calendarsNamedIn(procedure: Procedure): ReadonlySet<string> {
  return new Set([procedure.calendar, ...allClocks(procedure).map(({ calendar }) => calendar)]);
}

/** The clock with this code, across stages or of whichever stage, or nothing. */
export function findClock(procedure: Procedure, code: string): Clock | undefined {
  return allClocks(procedure).find((clock) => clock.code === code);
}

/**
 * What staff call a clock. A version that was published before clocks had names is read with what the public is told, or else with its code made legible;
 * so is a clock that the track's version no longer has.
 */
export function clockName(procedure: Procedure | undefined, code: string): Wording {
  const clock = procedure && findClock(procedure, code);
  if (clock && Object.keys(clock.name).length > 0) return clock.name;
  return clock?.publicName ?? { en: code.replaceAll('_', ' ') };
}

/** The declared fact with this code, or nothing. */
export function findFact(procedure: Procedure, code: string): DeclaredFact | undefined {
  return procedure.facts.find((fact) => fact.code === code);
}
