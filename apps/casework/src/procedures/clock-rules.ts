import { clockName, type Action, type Clock, type Duration, type Rung, type Stage } from '@recourse/domain';
import type { RuleWords } from './rule-words';

/** Moments at which the same people are told of a clock. */
export interface TellingRow {
  readonly when: string;
  readonly who: string;
  /** Through what they are told, and who is told when nobody holds the role. */
  readonly how: string;
  /** What comes after its end has a colour of its own. */
  readonly isLate: boolean;
}

/** One clock with everything the procedure says of it. */
export interface ClockRules {
  readonly name: string;
  readonly within: string;
  readonly calendar: string;
  /** What starts, ends, stops and lengthens it; what goes without saying for the clock of a stage is left out. */
  readonly changes: readonly { readonly label: string; readonly items: readonly string[] }[];
  /** Who is told when, in the order in which it comes. */
  readonly tellings: readonly TellingRow[];
}

/** @param stage of which it is a clock; nothing for one across stages */
export function clockRules(words: RuleWords, clock: Clock, stage?: Stage): ClockRules {
  const changes = [
    ['starts', startsOf(words, clock)],
    ['waits', waitsOf(words, clock, stage)],
    ['goes_on', changesTo(words, clock).flatMap(({ action, change }) => (change.operation === 'resume' ? [words.in(action.name)] : []))],
    ['longer', longerOf(words, clock)],
    ['anew', anewOf(words, clock)],
    ['ends', endsOf(words, clock)],
  ] as const;
  return {
    name: words.in(clockName(words.procedure, clock.code)),
    within: words.time(clock.within),
    calendar: words.calendar(clock.calendar),
    changes: changes.flatMap(([key, items]) => (items.length > 0 ? [{ label: words.say(`casework-procedures.clock.${key}`), items }] : [])),
    tellings: tellingsOf(words, clock),
  };
}

/** What comes before its end and at it goes to the same people; what comes again goes to those of the last rung. */
function tellingsOf(words: RuleWords, { warnBefore, tell, ladder, repeatEvery }: Clock): readonly TellingRow[] {
  const inTime = [...warnBefore.map((time) => whenOf(words, 'before', time)), words.say('casework-procedures.when.end')];
  return [
    { isLate: false, when: words.list(inTime), who: words.recipients(tell), how: words.say('casework-procedures.through.email') },
    ...ladder.map((rung, index) => {
      const again = index === ladder.length - 1 && repeatEvery ? [whenOf(words, 'again', repeatEvery)] : [];
      const when = words.list([whenOf(words, 'late', rung.after), ...again]);
      return { isLate: true, when, who: words.recipients(rung.tell), how: howOf(words, rung) };
    }),
  ];
}

function whenOf(words: RuleWords, key: 'before' | 'late' | 'again', time: Duration): string {
  return words.say(`casework-procedures.when.${key}`, { time: words.time(time) });
}

function howOf(words: RuleWords, { through, otherwise }: Rung): string {
  const way = words.say(`casework-procedures.through.${through.includes('email') ? 'email' : 'board'}`);
  return otherwise.length === 0 ? way : words.say('casework-procedures.otherwise', { way, recipients: words.recipients(otherwise) });
}

function startsOf(words: RuleWords, { startsOn }: Clock): readonly string[] {
  if (startsOn.on === 'stage_entered') return [];
  return startsOn.on === 'track_opened'
    ? [words.say('casework-procedures.clock.with_the_case')]
    : startsOn.actions.map((code) => words.action(code));
}

function waitsOf(words: RuleWords, clock: Clock, stage: Stage | undefined): readonly string[] {
  const leaving = stage ? words.procedure.actions.filter(({ from, clocks }) => clocks === 'pause' && from.includes(stage.code)) : [];
  return [
    ...clock.pausesIn.map((code) => words.say('casework-procedures.clock.waits_in', { stage: words.stage(code) })),
    ...leaving.map(({ name }) => words.say('casework-procedures.clock.until_back', { action: words.in(name) })),
    ...changesTo(words, clock).flatMap(({ action, change }) =>
      change.operation === 'pause'
        ? [words.say('casework-procedures.clock.at_most', { action: words.in(action.name), time: words.time(change.atMost) })]
        : [],
    ),
  ];
}

function longerOf(words: RuleWords, clock: Clock): readonly string[] {
  return changesTo(words, clock).flatMap(({ action, change }) => {
    if (change.operation !== 'extend') return [];
    const { by, times } = change;
    return [words.say('casework-procedures.clock.by', { action: words.in(action.name), time: words.time(by), times })];
  });
}

function anewOf(words: RuleWords, clock: Clock): readonly string[] {
  return changesTo(words, clock).flatMap(({ action, change }) =>
    change.operation === 'restart'
      ? [words.say('casework-procedures.clock.so_often', { action: words.in(action.name), times: change.times })]
      : [],
  );
}

function endsOf(words: RuleWords, { startsOn, stopsIn }: Clock): readonly string[] {
  if (startsOn.on === 'stage_entered') return [];
  return [...stopsIn.map((code) => words.stage(code)), words.say('casework-procedures.clock.with_the_end')];
}

/** What single actions do to the clock. */
function changesTo(
  words: RuleWords,
  { code }: Clock,
): readonly { readonly action: Action; readonly change: Action['changesClocks'][number] }[] {
  return words.procedure.actions.flatMap((action) =>
    action.changesClocks.filter(({ clock }) => clock === code).map((change) => ({ action, change })),
  );
}
