import { FindStuckCases, RuleBook, STUCK_CASES_OF_A_KIND, type StuckKind } from '@recourse/cases';
import { EXIT, type Command } from '../command';
import { counted } from '../counted';
import { withDatabase } from '../with-database';

/** What is wrong, and what to do about it. */
const WORDS: Readonly<Record<StuckKind, readonly [wrong: string, todo: string]>> = {
  rules_unreadable: [
    'its procedure, or a calendar that it names, is damaged or cannot be read, so nobody can do anything with it',
    'run verify-record, which names the damaged row, and restore that row from a backup; follow the case by hand meanwhile',
  ],
  track_without_clock: ['no time limit runs or waits', 'take the next action, which starts the clocks of its stage'],
  clock_without_moment: ['a time limit runs, but will never remind anybody', 'take the next action, or extend the time limit'],
  clock_set_aside: [
    'the machine gave up on a time limit',
    'see the log of the worker for the reason, have it tried again at /set-aside, and follow the case by hand meanwhile',
  ],
  case_key_set_aside: [
    'nobody on its team can open it: its key was damaged',
    'restore its row of case_key_grant from a backup and have it tried again at /set-aside; the complainant and the recovery key hold theirs',
  ],
  pause_without_reason: ['a time limit is paused and nobody wrote why', 'ask who holds the case, resume, and pause again with a reason'],
  pause_without_end: ['everything waits and nothing ends the waiting', 'resume the time limit, or pause it until a day'],
  approval_without_person: [
    'a second person was asked, and nobody on the team may answer',
    'add somebody with a role that may agree to the team, or take the request back',
  ],
  approval_overdue: ['a second person was asked and did not answer in time', 'answer the request, or take it back'],
  track_without_way_out: [
    'nobody on its team can lead it to an end by its rules',
    'add somebody with a role that may act to the team, or publish a version with a way out and move the case to it (procedure move)',
  ],
  track_without_person: ['nobody on its team answers for it', 'add an active lead, supervisor or director to the team'],
  everybody_told: [
    'a time limit is over, everybody it tells was told, and nothing was done',
    'take the next action, or give more time; to be reminded again and again, publish a version with repeatEvery for this time limit',
  ],
};

/** Looks for cases that nothing would bring back to a person. */
export const stuckCases: Command = {
  name: 'stuck-cases',
  usage: '',
  summary: 'List open cases that nothing would bring back to a person, with what is wrong and what to do.',
  help: 'Exit code 0 when there is none, 1 when there is.',
  options: {},
  words: [0, 0],
  run: async (context) =>
    withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const found = await new FindStuckCases(dataSource, new RuleBook()).run({ now: context.clock().now() });
      for (const { reference, kind, since } of found) {
        const [wrong, todo] = WORDS[kind];
        context.say(`${reference}: ${wrong}, since ${since.toISOString().slice(0, 10)}. To do: ${todo}.`);
      }
      context.note(
        found.length === 0
          ? 'No case is stuck.'
          : `${counted(found.length, 'finding')} in ${counted(new Set(found.map(({ reference }) => reference)).size, 'case')}; at most ${STUCK_CASES_OF_A_KIND} of each kind are listed.`,
      );
      return found.length === 0 ? EXIT.ok : EXIT.refused;
    }),
};
