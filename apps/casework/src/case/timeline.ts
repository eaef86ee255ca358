import type { CaseView, TimelineEntry } from '@recourse/cases';
import { isCaseEventType } from '@recourse/domain';
import type { Say } from '@recourse/web';
import type { CodeWord } from './code-word';
import { worded } from './worded';

/** One event as it is read: a sentence made now, in the reader's language, from the event's type and facts. */
export interface TimelineRow {
  readonly title: string;
  readonly by: string | undefined;
  readonly at: Date;
  /** What a member of staff wrote as the reason. */
  readonly reason: string | undefined;
  readonly details: readonly { readonly label: string; readonly text: string }[];
  readonly state: 'due' | 'late' | undefined;
}

const states: Readonly<Record<string, TimelineRow['state']>> = {
  clock_warned: 'due',
  clock_ran_out: 'late',
  clock_escalated: 'late',
};

/** The record of a case, newest first. */
export function timelineRows(view: CaseView, language: string, say: Say, word: CodeWord): TimelineRow[] {
  return [...view.timeline].reverse().map((entry) => ({
    title: title(view, entry, language, say, word),
    by: author(entry, word),
    at: entry.occurredAt,
    reason: entry.reason,
    details: details(view, entry, language),
    state: states[entry.type],
  }));
}

function author(entry: TimelineEntry, word: CodeWord): string | undefined {
  if (entry.actorKind === 'system') return undefined;
  return entry.actor?.displayName ?? word('actor', entry.actorKind);
}

function title(view: CaseView, entry: TimelineEntry, language: string, say: Say, word: CodeWord): string {
  const { payload } = entry;
  // A record outlives the release that wrote it: an event that this one does not know is still shown, by its code.
  if (!isCaseEventType(entry.type)) return entry.type.replaceAll('_', ' ');
  const base = `casework-timeline.${entry.type}`;
  const action = findAction(view, payload['action'], language);
  if (entry.type === 'action_performed') return action ?? say(base);
  const clock = typeof payload['clock'] === 'string' ? word('clock', payload['clock']) : '';
  return say(base, { clock });
}

function findAction(view: CaseView, code: unknown, language: string): string | undefined {
  const action = view.tracks.flatMap((track) => track.vocabulary).find((one) => one.code === code);
  return action && worded(action.name, language);
}

function details(view: CaseView, entry: TimelineEntry, language: string): TimelineRow['details'] {
  const inputs = view.tracks.flatMap((track) => track.vocabulary).find((one) => one.code === entry.payload['action'])?.inputs ?? [];
  return Object.entries(entry.sealedInputs ?? {}).map(([name, text]) => {
    const input = inputs.find((one) => one.name === name);
    return { label: input ? worded(input.label, language) : name, text };
  });
}
