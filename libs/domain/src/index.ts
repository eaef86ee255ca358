export {
  hasPermission,
  isInScope,
  mayAssign,
  mayLeadTeam,
  mayLearnOfSetAside,
  mayOpenSealed,
  PERMISSIONS,
  visibleCases,
} from './access/access-policy';
export type { PermissionName, Scope, Viewer } from './access/access-policy';

export { addDuration, subtractDuration } from './clocks/add-duration';
export { dateOf, isWorkingDay } from './clocks/calendar';
export type { Calendar, KnownSpan, WorkedDay, WorkingHours, WorkInterval } from './clocks/calendar';
export type { CalendarDay, CalendarDocument, DayReason, HolidayOrigin } from './clocks/calendar-document';
export { calendarOf, clockFact } from './clocks/clock-change';
export type { Calendars, ClockChange, OpenClock } from './clocks/clock-change';
export { clockChanges, endPause, openingClocks, timesGiven } from './clocks/clock-changes';
export type { TimesGiven } from './clocks/clock-changes';
export { clocksAfter } from './clocks/clocks-after';
export { DURATION_UNITS, formatDuration, nominalDays, parseDuration } from './clocks/duration';
export type { Duration, DurationUnit } from './clocks/duration';
export { firingsAround, firingsUntil, nextFiring, startClock } from './clocks/firings';
export type { Firing, StartedClock } from './clocks/firings';
export { HOLIDAY_KINDS, NO_HOLIDAY_SOURCE } from './clocks/holiday-source';
export type { HolidayKind, HolidayPlace, HolidayRegion, HolidaySource } from './clocks/holiday-source';
export { CALENDAR_SHAPE, parseCalendar } from './clocks/parse-calendar';
export type { ParsedCalendar } from './clocks/parse-calendar';
export { movedClocks, placeOf, timesAfterMove } from './clocks/moved-clocks';
export type { MovingTrack } from './clocks/moved-clocks';
export { remainingAt, resumedDueAt } from './clocks/pause';
export { recomputedClock } from './clocks/replay-clock';
export type { CalendarChange, ClockEnd, ClockStep, RecomputedClock } from './clocks/replay-clock';
export { RECIPIENTS, whomToTell } from './clocks/recipients';
export type { Recipient, Staffing, Told } from './clocks/recipients';
export { isMadeToWait } from './clocks/waiting-clocks';

export { ACTION_TEXT_LIMITS, checkActionForm, isDate } from './procedures/check-action-form';
export type { ActionForm, ActionFormProblem, CheckedActionForm } from './procedures/check-action-form';
export { compareProcedures } from './procedures/compare-procedures';
export { allRefusals, availableActions, decide, decideApproval, SYSTEM_ACTOR, triggeredActions } from './procedures/decide';
export type { ActionActor, AvailableAction, Decision, Permission, Refusal, RefusalCode, TrackState, Triggered } from './procedures/decide';
export { CHANGED_ASPECTS, differenceSentence } from './procedures/difference';
export type { ChangedAspect, Difference, ProcedurePart } from './procedures/difference';
export { factAsked, GUARD_NAMES, NO_FACTS } from './procedures/guards';
export type { ClockFact, Facts, GuardName } from './procedures/guards';
export { parseMapping, SAME_CODES } from './procedures/parse-mapping';
export type { ParsedMapping, VersionMapping } from './procedures/parse-mapping';
export { stagesWithFreeWayOut, WaysOut } from './procedures/way-out';
export type { OpenStanding } from './procedures/way-out';
export { unified } from './documents/document';
export { parseProcedure, procedureCodeOf, procedureNameOf, readPublishedProcedure } from './procedures/parse-procedure';
export type { ParsedProcedure, ProcedureSurroundings } from './procedures/parse-procedure';
export type { TeamHolders } from './procedures/prove-approval';
export { CALENDAR_PROBLEM_CODES, formatProblem, PROCEDURE_PROBLEM_CODES } from './procedures/problem';
export type { Problem, ProblemCode } from './procedures/problem';
export { procedureSchema } from './procedures/procedure-schema';
export type { JsonSchema } from './procedures/procedure-schema';
export {
  allClocks,
  calendarsNamedIn,
  clockName,
  findAction,
  findClock,
  findFact,
  findOutcome,
  findStage,
  stageOf,
  TELLING_CHANNELS,
} from './procedures/procedure';
export type {
  Action,
  Approval,
  Choice,
  Clock,
  ClockEffect,
  ClockOperation,
  ClockStart,
  ClosingOutcome,
  DeclaredFact,
  Input,
  Procedure,
  Requirement,
  Rung,
  Stage,
  TellingChannel,
  Wording,
} from './procedures/procedure';
export { stateTable } from './procedures/state-table';
export type { StateTableResult, StateTableRow } from './procedures/state-table';
export { ACTION_TRIGGERS, ACTOR_ROLES, INPUT_TYPES, SAME_STAGE, STAFF_ROLES, TEAM_ROLES } from './procedures/vocabulary';
export type { ActionTrigger, ActorRole, InputType, StaffRole, TeamRole } from './procedures/vocabulary';

export { canonicalJson } from './record/canonical-json';
export type { JsonValue } from './record/canonical-json';
export { ACTOR_KINDS, CASE_EVENT_TYPES, isCaseEventType } from './record/case-event';
export type {
  ActorKind,
  CaseEvent,
  CaseEventPayloads,
  CaseEventType,
  ClockFired,
  ClockReference,
  KeyHolder,
  SealedEventPayload,
} from './record/case-event';
export { eventHashInput, STAFF_CHAIN } from './record/event-hash-input';
export type { ChainedEvent } from './record/event-hash-input';
export { failureCode } from './record/failure-code';
export { recordedFacts } from './record/recorded-facts';

export { newReference, parseReference } from './references/reference';
export type { ParsedReference, Reference } from './references/reference';

export { compareReplays, isExplainedBy, SimulationTally } from './simulation/compare-replays';
export type {
  ClockCounts,
  ClockCourse,
  ClockTally,
  ReplayDifference,
  ReplayEnding,
  SimulatedTrack,
  SimulationCounts,
} from './simulation/compare-replays';
export { versionKey } from './simulation/recorded-move';
export type { RecordedMove } from './simulation/recorded-move';
export { recordedTrack } from './simulation/recorded-track';
export { replayTrack } from './simulation/replay-track';
export { readHistory } from './simulation/track-history';
export type { RecordedCase, RecordedEvent } from './simulation/recorded-case';
export type { HistoryItem, TrackHistory } from './simulation/track-history';
export { FIRING_KINDS } from './simulation/track-replay';
export type { Assumption, ReplayedClock, ReplayedFiring, ReplayStop, StopReason, TakenStep, TrackReplay } from './simulation/track-replay';

export { CODE_EDITION, CODE_PROVISIONS, CODE_SECTIONS, CROSS_CUTTING_TAGS, provisionOf } from './taxonomy/code-provisions';
export type { CodeProvision, CodeSection, CrossCuttingTag } from './taxonomy/code-provisions';
export { countriesIn, countryName, COUNTRY_CODES, isCountryCode } from './taxonomy/countries';
export { isLanguageTag } from './taxonomy/languages';
export { MESSAGE_LIMIT } from './taxonomy/text-limits';
export type { Country } from './taxonomy/countries';
export { ANONYMITIES, CHANNELS, COMPLAINT_KINDS, MEMBERSHIPS, PARTY_ROLES } from './taxonomy/intake';
export type { Anonymity, Channel, ComplaintKind, Membership, PartyRole } from './taxonomy/intake';

export { cleanText, countCharacters } from './text/clean-text';
