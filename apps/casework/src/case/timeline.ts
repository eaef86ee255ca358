import type { CaseView, ClockMoment, ClockNews, FiringKind, TimelineEntry } from '@recourse/cases';
import { isCaseEventType, type Duration } from '@recourse/domain';
import type { Say } from '@recourse/web';
import type { CodeWord } from './code-word';
import { worded } from './worded';

/** One event as it is read: a sentence made now, in the reader's language, from the event's type and facts. */
export interface TimelineRow {
  readonly title: string;
  readonly by: string | undefined;
  /** When it happened; of several openings, the last. */
  readonly at: Date;
  /** Of several openings in a row, the first. */
  readonly firstAt: Date | undefined;
  /** What a member of staff wrote as the reason. */
  readonly reason: string | undefined;
  readonly details: readonly { readonly label: string; readonly text: string }[];
  readonly clock: ClockStory | undefined;
  readonly state: 'due' | 'late' | undefined;
}

/** What happened to a clock, for the template to say. */
export interface ClockStory {
  /** From when to when its end was moved. */
  readonly moved: { readonly from: ClockMoment; readonly to: ClockMoment } | undefined;
  /** When it runs out, where that is news. */
  readonly dueAt: ClockMoment | undefined;
  readonly until: ClockMoment | undefined;
  /** What is left of it. */
  readonly left: string | undefined;
  /** The action that paused it. */
  readonly because: string | undefined;
  /** What came due while nothing ran. */
  readonly missed: readonly string[];
  readonly told: readonly string[];
  readonly onBoard: readonly string[];
}

const states: Readonly<Record<string, TimelineRow['state']>> = {
  clock_warned: 'due',
  clock_ran_out: 'late',
  clock_escalated: 'late',
};

/** What the rows are made for. */
interface Reading {
  readonly view: Pick<CaseView, 'tracks' | 'files'>;
  readonly language: string;
  readonly say: Say;
  readonly word: CodeWord;
}

/** The record of a case, newest first. Who opened the same thing several times in a row has one line of them. */
export function timelineRows(
  view: Pick<CaseView, 'timeline' | 'tracks' | 'files'>,
  language: string,
  say: Say,
  word: CodeWord,
): TimelineRow[] {
  const reading = { view, language, say, word };
  return gathered(view.timeline)
    .map((entries) => row(reading, entries))
    .reverse();
}

/** Never empty; more than one only for openings. */
type Entries = readonly [TimelineEntry, ...TimelineEntry[]];

/** The record keeps each opening, because each is evidence; a reader needs who looked, how often and when last. */
function gathered(timeline: readonly TimelineEntry[]): Entries[] {
  const all: Entries[] = [];
  for (const entry of timeline) {
    const before = all.at(-1);
    if (before !== undefined && isSameOpening(before[0], entry)) all[all.length - 1] = [...before, entry];
    else all.push([entry]);
  }
  return all;
}

function isSameOpening(one: TimelineEntry, other: TimelineEntry): boolean {
  if (one.type !== 'sealed_content_opened' || other.type !== one.type) return false;
  return (
    one.actorKind === other.actorKind &&
    one.actor?.id === other.actor?.id &&
    one.payload['what'] === other.payload['what'] &&
    one.payload['evidenceFileId'] === other.payload['evidenceFileId']
  );
}

function row(reading: Reading, entries: Entries): TimelineRow {
  const [first] = entries;
  return {
    title: title(reading, first, entries.length),
    by: author(first, reading.word),
    at: entries.at(-1)?.occurredAt ?? first.occurredAt,
    firstAt: entries.length > 1 ? first.occurredAt : undefined,
    reason: first.reason,
    details: details(reading, first),
    clock: clockStory(reading, first),
    state: states[first.type],
  };
}

function author(entry: TimelineEntry, word: CodeWord): string | undefined {
  if (entry.actorKind === 'system') return undefined;
  return entry.actor?.displayName ?? word('actor', entry.actorKind);
}

function title({ view, language, say }: Reading, { type, payload, clock, occurredAt }: TimelineEntry, count: number): string {
  // A record outlives the release that wrote it: an event that this one does not know is still shown, by its code.
  if (!isCaseEventType(type)) return legible(type);
  if (type === 'action_performed') return actionName(view, payload['action'], language) ?? say('casework-timeline.action_performed');
  if (type === 'sealed_content_opened') return say(openingKey(payload['what']), { count });
  const action = actionName(view, payload['action'], language) ?? '';
  const key = isAboutLateness(type, payload, clock, occurredAt) ? `${type}_late` : type;
  return say(`casework-timeline.${key}`, { clock: clock ? worded(clock.name, language) : codeOf(payload['clock']), action });
}

/** It was met late, or given more time when it had run out. */
function isAboutLateness(type: string, payload: TimelineEntry['payload'], clock: TimelineEntry['clock'], at: Date): boolean {
  return (
    (type === 'clock_met' && payload['late'] === true) || (type === 'clock_extended' && clock?.from !== undefined && clock.from.at < at)
  );
}

function openingKey(what: unknown): string {
  return what === 'evidence_file' ? 'casework-timeline.file_opened' : 'casework-timeline.sealed_content_opened';
}

/** As its procedure names it; by its code where the track is on a version that no longer has it. */
function actionName(view: Reading['view'], code: unknown, language: string): string | undefined {
  const action = view.tracks.flatMap((track) => track.vocabulary).find((one) => one.code === code);
  if (action !== undefined) return worded(action.name, language);
  return typeof code === 'string' ? legible(code) : undefined;
}

function clockStory({ view, language, say }: Reading, { clock, payload, type }: TimelineEntry): ClockStory | undefined {
  if (clock === undefined) return undefined;
  const moved = movedEnd(clock);
  return {
    moved,
    dueAt: type === 'clock_started' || type === 'clock_resumed' ? clock.dueAt : undefined,
    until: clock.until,
    left: clock.remaining && durationWord(clock.remaining, say),
    because: type === 'clock_paused' && payload['reason'] !== 'track_opened' ? actionName(view, payload['reason'], language) : undefined,
    missed: missedOf(clock.missed ?? [], say),
    told: namesOf(clock.told),
    onBoard: namesOf(clock.onBoard),
  };
}

function movedEnd({ from, dueAt }: ClockNews): ClockStory['moved'] {
  if (from === undefined || dueAt === undefined) return undefined;
  const isSame = from.on === dueAt.on && !from.withinTheDay && !dueAt.withinTheDay;
  return isSame || from.at.getTime() === dueAt.at.getTime() ? undefined : { from, to: dueAt };
}

function missedOf(kinds: readonly FiringKind[], say: Say): readonly string[] {
  return (['warning', 'due', 'escalation'] as const).flatMap((kind) => {
    const count = kinds.filter((one) => one === kind).length;
    return count === 0 ? [] : [say(`casework-timeline.missed.${kind}`, { count })];
  });
}

function namesOf(people: ClockNews['told'] = []): readonly string[] {
  return people.map(({ displayName }) => displayName);
}

/** A length of time in words. */
export function durationWord({ unit, amount }: Duration, say: Say): string {
  return say(`intake-process.units.${unit}`, { count: amount });
}

function codeOf(code: unknown): string {
  return typeof code === 'string' ? legible(code) : '';
}

function legible(code: string): string {
  return code.replaceAll('_', ' ');
}

function versionChange({ view, language, say }: Reading, payload: TimelineEntry['payload']): TimelineRow['details'] {
  const stages = view.tracks.flatMap((track) => track.stages);
  // As its procedure names it now; a stage that only the former version had, by its code.
  const stage = (code: unknown) => {
    const known = stages.find((one) => one.code === code);
    return known ? worded(known.name, language) : codeOf(code);
  };
  const turned = (from: string, to: string) => (from === to ? to : say('casework-timeline.track_moved.turned', { from, to }));
  return [
    { label: say('casework-timeline.track_moved.version'), text: turned(String(payload['fromVersion']), String(payload['toVersion'])) },
    { label: say('casework-timeline.track_moved.stage'), text: turned(stage(payload['from']), stage(payload['to'])) },
  ];
}

function details(reading: Reading, entry: TimelineEntry): TimelineRow['details'] {
  const { view, language, say } = reading;
  if (entry.type === 'track_moved_to_version') return versionChange(reading, entry.payload);
  const file = view.files.find(({ id }) => id === entry.payload['evidenceFileId']);
  if (file !== undefined) return [{ label: say('casework-timeline.file'), text: file.name }];
  const inputs = view.tracks.flatMap((track) => track.vocabulary).find((one) => one.code === entry.payload['action'])?.inputs ?? [];
  return Object.entries(entry.sealedInputs ?? {}).map(([name, text]) => {
    const input = inputs.find((one) => one.name === name);
    return { label: input ? worded(input.label, language) : legible(name), text };
  });
}
