import { formatDuration, type Duration } from '../clocks/duration';
import type { ChangedAspect, Difference, ProcedurePart } from './difference';
import { allClocks, type Action, type Clock, type ClockOperation, type Input, type Procedure, type Rung, type Wording } from './procedure';

/** A part as it is compared: what it says, as text by aspect, and its wordings by name. */
interface ComparedPart {
  readonly code: string;
  readonly aspects: Partial<Readonly<Record<ChangedAspect, string>>>;
  readonly wordings: Readonly<Record<string, Wording | undefined>>;
}

/**
 * What is different in the later of two versions: of the procedure itself, then of its stages, clocks, actions, outcomes and facts. Parts are the same
 * when they have the same code, so one with a new code is gone and new. The number of the version and the order of lists without an order are no difference.
 */
export function compareProcedures(before: Procedure, after: Procedure): readonly Difference[] {
  return [
    ...comparePart('procedure', procedurePart(before), { ...procedurePart(after), code: before.procedure }),
    ...compareParts('stage', stageParts(before), stageParts(after)),
    ...compareParts('clock', clockParts(before), clockParts(after)),
    ...compareParts('action', before.actions.map(actionPart), after.actions.map(actionPart)),
    ...compareParts('outcome', outcomeParts(before), outcomeParts(after)),
    ...compareParts('fact', factParts(before), factParts(after)),
    ...orderOfActions(before, after),
  ];
}

function compareParts(part: ProcedurePart, before: readonly ComparedPart[], after: readonly ComparedPart[]): readonly Difference[] {
  const isIn = (parts: readonly ComparedPart[], code: string): boolean => parts.some((one) => one.code === code);
  return [
    ...before.filter(({ code }) => !isIn(after, code)).map(({ code }) => ({ kind: 'removed', part, code }) as const),
    ...after
      .filter(({ code }) => !isIn(before, code))
      .map((added) => ({ kind: 'added', part, code: added.code, aspects: told(added) }) as const),
    ...before.flatMap((old) => {
      const same = after.find(({ code }) => code === old.code);
      return same ? comparePart(part, old, same) : [];
    }),
  ];
}

/** What is worth telling of a new part: not what it leaves out. */
function told({ aspects }: ComparedPart): readonly { readonly what: ChangedAspect; readonly value: string }[] {
  return Object.entries(aspects)
    .filter(([, value]) => value !== '' && value !== 'no' && value !== 'none')
    .map(([what, value]) => ({ what: what as ChangedAspect, value }));
}

function comparePart(part: ProcedurePart, before: ComparedPart, after: ComparedPart): readonly Difference[] {
  const { code } = before;
  const changed = Object.entries(before.aspects).flatMap(([name, was]): readonly Difference[] => {
    const what = name as ChangedAspect;
    const is = after.aspects[what] ?? '';
    return was === is ? [] : [{ kind: 'changed', part, code, what, before: was, after: is }];
  });
  const names = eachOnce(Object.keys(before.wordings), Object.keys(after.wordings));
  return [...changed, ...names.flatMap((what) => compareWording({ part, code, what }, before.wordings[what], after.wordings[what]))];
}

function compareWording(
  where: { readonly part: ProcedurePart; readonly code: string; readonly what: string },
  before: Wording = {},
  after: Wording = {},
): readonly Difference[] {
  return eachOnce(Object.keys(before), Object.keys(after)).flatMap((language): readonly Difference[] => {
    const [was, is] = [before[language] ?? '', after[language] ?? ''];
    return was === is ? [] : [{ kind: 'reworded', ...where, language, before: was, after: is }];
  });
}

/** The order of the buttons, of the actions that both have. */
function orderOfActions(before: Procedure, after: Procedure): readonly Difference[] {
  const order = (one: Procedure, other: Procedure): string =>
    listed(one.actions.map(({ code }) => code).filter((code) => other.actions.some((action) => action.code === code)));
  const [was, is] = [order(before, after), order(after, before)];
  return was === is ? [] : [{ kind: 'changed', part: 'procedure', code: before.procedure, what: 'order', before: was, after: is }];
}

function procedurePart({ procedure, initial, languages, calendar, title, note }: Procedure): ComparedPart {
  return { code: procedure, aspects: { initial, languages: unordered(languages), calendar }, wordings: { title, note } };
}

function stageParts({ stages }: Procedure): readonly ComparedPart[] {
  return stages.map(({ code, isEnd, staffName, publicName, publicMeaning, publicNext }) => ({
    code,
    aspects: { end: yesOrNo(isEnd) },
    wordings: { staffName, publicName, publicMeaning, publicNext },
  }));
}

function clockParts(procedure: Procedure): readonly ComparedPart[] {
  const stageOfClock = (code: string): string =>
    procedure.stages.find(({ clocks }) => clocks.some((clock) => clock.code === code))?.code ?? 'every stage';
  return allClocks(procedure).map((clock) => ({
    code: clock.code,
    aspects: { stage: stageOfClock(clock.code), ...clockAspects(clock) },
    wordings: { name: clock.name, publicName: clock.publicName },
  }));
}

function clockAspects(clock: Clock): ComparedPart['aspects'] {
  const { startsOn } = clock;
  return {
    within: formatDuration(clock.within),
    calendar: clock.calendar,
    startsOn: startsOn.on === 'action' ? unordered(startsOn.actions) : startsOn.on,
    pausesIn: unordered(clock.pausesIn),
    stopsIn: unordered(clock.stopsIn),
    warnBefore: listed(clock.warnBefore.map(formatDuration)),
    tell: unordered(clock.tell),
    ladder: clock.ladder.map(rungText).join('; '),
    repeatEvery: lengthText(clock.repeatEvery),
  };
}

function rungText({ after, tell, through, otherwise }: Rung): string {
  const fallback = otherwise.length === 0 ? '' : `, otherwise ${unordered(otherwise)}`;
  return `after ${formatDuration(after)} ${unordered(tell)} through ${unordered(through)}${fallback}`;
}

function actionPart(action: Action): ComparedPart {
  const { code, name, hint, messageHint, inputs } = action;
  const inputWordings = inputs.flatMap((input) => [
    [`label of ${input.name}`, input.label] as const,
    [`hint of ${input.name}`, input.hint] as const,
    ...input.choices.map((choice) => [`choice ${choice.code} of ${input.name}`, choice.name] as const),
  ]);
  return { code, aspects: actionAspects(action), wordings: { name, hint, messageHint, ...Object.fromEntries(inputWordings) } };
}

function actionAspects(action: Action): ComparedPart['aspects'] {
  const { approval, trigger, onClock } = action;
  return {
    from: unordered(action.from),
    to: action.to,
    roles: unordered(action.roles),
    trigger: onClock === undefined ? (trigger ?? '') : `${trigger ?? ''} of ${onClock}`,
    guards: unordered(action.guards),
    requiredInputs: unordered(action.inputs.filter(({ required }) => required).map(({ name }) => name)),
    inputs: action.inputs.map(inputText).join('; '),
    reason: action.reason,
    message: action.message,
    outcomes: unordered(action.outcomes),
    establishes: unordered(action.establishes),
    revokes: unordered(action.revokes),
    clocks: action.clocks,
    changesClocks: action.changesClocks.map(operationText).join('; '),
    approval: approval ? `${unordered(approval.roles)} within ${formatDuration(approval.within)}` : '',
    opens: action.opens ?? '',
    tellsStaff: unordered(action.tellsStaff),
    tellsComplainant: yesOrNo(action.tellsComplainant),
  };
}

function inputText({ name, type, choices, sealed, limit, notInFuture }: Input): string {
  const details = [
    type,
    ...(choices.length === 0 ? [] : [`one of ${listed(choices.map(({ code }) => code))}`]),
    ...(limit === undefined ? [] : [`at most ${limit} characters`]),
    ...(notInFuture ? ['not in the future'] : []),
    ...(sealed ? ['sealed'] : ['readable']),
  ];
  return `${name} (${listed(details)})`;
}

function operationText(change: ClockOperation): string {
  switch (change.operation) {
    case 'pause':
      return `pause ${change.clock} for at most ${formatDuration(change.atMost)}`;
    case 'extend':
      return `extend ${change.clock} by ${formatDuration(change.by)}, ${change.times} times`;
    case 'restart':
      return `restart ${change.clock}, ${change.times} times`;
    case 'resume':
      return `resume ${change.clock}`;
  }
}

function outcomeParts({ closingOutcomes }: Procedure): readonly ComparedPart[] {
  return closingOutcomes.map(({ code, staffName, publicName }) => ({ code, aspects: {}, wordings: { staffName, publicName } }));
}

function factParts({ facts }: Procedure): readonly ComparedPart[] {
  return facts.map(({ code, name }) => ({ code, aspects: {}, wordings: { name } }));
}

function listed(items: readonly string[]): string {
  return items.join(', ');
}

function unordered(items: readonly string[]): string {
  return listed([...items].sort());
}

function lengthText(duration: Duration | undefined): string {
  return duration ? formatDuration(duration) : '';
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

function eachOnce(some: readonly string[], others: readonly string[]): readonly string[] {
  return [...new Set([...some, ...others])];
}
