import {
  clockName,
  factAsked,
  findFact,
  findOutcome,
  GUARD_NAMES,
  type Action,
  type ActionTrigger,
  type ClockOperation,
  type Requirement,
} from '@recourse/domain';
import type { RuleWords } from './rule-words';

/** One action with everything the procedure says of it. */
export interface ActionRules {
  readonly code: string;
  readonly name: string;
  /** The name of a stage; undefined when the track stays in its stage. */
  readonly leadsTo: string | undefined;
  /** Who may take it, or what makes the software take it. */
  readonly who: string;
  /** What must hold, and who must agree. */
  readonly conditions: readonly string[];
  /** What must or may be given. */
  readonly given: readonly string[];
  /** What follows, besides moving: the outcome, facts, clocks, other procedures, and who is told. */
  readonly follows: readonly string[];
}

/** An action in words, in the order in which one thinks of it: who, on what condition, with what, and then. */
export function actionRules(words: RuleWords, action: Action): ActionRules {
  return {
    code: action.code,
    name: words.in(action.name),
    leadsTo: action.to === 'same' ? undefined : words.stage(action.to),
    who: words.oneOf(action.roles.map((role) => (role === 'system' ? whenOf(words, action) : words.role(role)))),
    conditions: conditionsOf(words, action),
    given: givenOf(words, action),
    follows: followsOf(words, action),
  };
}

/** What the software does by itself, and on what. */
function whenOf(words: RuleWords, { trigger, onClock }: Action): string {
  const known: ActionTrigger | undefined = trigger;
  if (known === undefined) return words.say('casework-procedures.system');
  return words.say(`casework-procedures.trigger.${known}`, {
    clock: onClock === undefined ? '' : words.in(clockName(words.procedure, onClock)),
  });
}

function conditionsOf(words: RuleWords, { guards, approval }: Action): readonly string[] {
  const second = approval && {
    roles: words.oneOf(approval.roles.map((role) => words.role(role))),
    time: words.time(approval.within),
  };
  return [
    ...guards.map((guard) => guardWord(words, guard)),
    ...(second ? [words.say('casework-procedures.needs.second_person', second)] : []),
  ];
}

function guardWord(words: RuleWords, guard: string): string {
  if ((GUARD_NAMES as readonly string[]).includes(guard)) return words.say(`casework-refusals.guards.${guard}`);
  const { facts } = words.procedure;
  const { fact, mustHold } = factAsked(
    guard,
    facts.map(({ code }) => code),
  );
  return words.say(mustHold ? 'casework-procedures.needs.fact' : 'casework-procedures.needs.no_fact', { fact: factWord(words, fact) });
}

function factWord(words: RuleWords, code: string): string {
  const fact = findFact(words.procedure, code);
  return fact ? words.in(fact.name) : code.replaceAll('_', ' ');
}

function givenOf(words: RuleWords, { inputs, outcomes, reason, message }: Action): readonly string[] {
  const asked = (requirement: Requirement, text: string): readonly string[] => {
    if (requirement === 'none') return [];
    return [requirement === 'required' ? text : words.say('casework-procedures.optional', { what: text })];
  };
  return [
    ...inputs.flatMap(({ required, label }) => asked(required ? 'required' : 'optional', words.in(label))),
    ...(outcomes.length > 1
      ? [words.say('casework-procedures.needs.outcome', { outcomes: words.oneOf(outcomeWords(words, outcomes)) })]
      : []),
    ...asked(reason, words.say('casework-procedures.needs.reason')),
    ...asked(message, words.say('casework-procedures.needs.letter')),
  ];
}

function followsOf(words: RuleWords, action: Action): readonly string[] {
  const { outcomes, establishes, revokes, opens, changesClocks } = action;
  const told = toldOf(words, action);
  return [
    ...(outcomes.length === 1
      ? [words.say('casework-procedures.follows.outcome', { outcome: words.list(outcomeWords(words, outcomes)) })]
      : []),
    ...establishes.map((fact) => words.say('casework-procedures.follows.fact', { fact: factWord(words, fact) })),
    ...revokes.map((fact) => words.say('casework-procedures.follows.no_fact', { fact: factWord(words, fact) })),
    ...clocksOf(words, action),
    ...changesClocks.map((change) => changeOf(words, change)),
    ...(opens === undefined ? [] : [words.say('casework-procedures.follows.opens', { procedure: words.opened(opens) })]),
    ...(told === '' ? [] : [words.say('casework-procedures.follows.told', { who: told })]),
  ];
}

function outcomeWords(words: RuleWords, codes: readonly string[]): readonly string[] {
  return codes.map((code) => {
    const outcome = findOutcome(words.procedure, code);
    return outcome ? words.in(outcome.staffName) : code.replaceAll('_', ' ');
  });
}

/** What moving does to the clocks of the stage, where that is not to end them; and the clocks across stages that it starts. */
function clocksOf(words: RuleWords, { code, clocks, to }: Action): readonly string[] {
  const started = words.procedure.clocks.filter(({ startsOn }) => startsOn.on === 'action' && startsOn.actions.includes(code));
  return [
    ...(clocks === 'pause' ? [words.say('casework-procedures.follows.all_wait')] : []),
    ...(clocks === 'resume' ? [words.say('casework-procedures.follows.all_go_on', { stage: words.stage(to) })] : []),
    ...started.map((clock) =>
      words.say('casework-procedures.follows.clock_starts', { clock: words.in(clockName(words.procedure, clock.code)) }),
    ),
  ];
}

function changeOf(words: RuleWords, change: ClockOperation): string {
  const clock = words.in(clockName(words.procedure, change.clock));
  switch (change.operation) {
    case 'pause':
      return words.say('casework-procedures.follows.clock_waits', { clock, time: words.time(change.atMost) });
    case 'resume':
      return words.say('casework-procedures.follows.clock_goes_on', { clock });
    case 'extend':
      return words.say('casework-procedures.follows.clock_longer', { clock, time: words.time(change.by) });
    case 'restart':
      return words.say('casework-procedures.follows.clock_starts', { clock });
  }
}

/** A letter always nudges the complainant to come and look. */
function toldOf(words: RuleWords, { tellsComplainant, message, tellsStaff }: Action): string {
  const complainant = tellsComplainant || message === 'required';
  return words.list([
    ...(complainant ? [words.say('casework-procedures.recipient.complainant')] : []),
    ...(tellsStaff.length > 0 ? [words.recipients(tellsStaff)] : []),
  ]);
}
