import { VerifyRecord, type ChainBreak, type VerifyRecordResult } from '@recourse/cases';
import { parseReference } from '@recourse/domain';
import { EXIT, type Command } from '../command';
import { withDatabase } from '../with-database';

const broken: Readonly<Record<ChainBreak['kind'], string>> = {
  gap: 'an event is missing here',
  link: 'this event does not follow the one before it',
  content: 'this event was changed after it was written',
  head: 'events are missing from here to the end',
};

/** Recomputes the record. */
export const verifyRecord: Command = {
  name: 'verify-record',
  usage: '[REFERENCE]',
  summary:
    'Recompute the record of every case (or of one), and that of accounts and teams, outside the database, and name the first break in each.',
  help: 'Exit code 0 when the record holds, 1 when it does not.',
  options: {},
  words: [0, 1],
  run: async (context, { positionals: [typed] }) => {
    const parsed = typed === undefined ? undefined : parseReference(typed);
    if (parsed?.ok === false) {
      context.note(`“${typed ?? ''}” is not a reference.`);
      return EXIT.usage;
    }
    return withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const result = await new VerifyRecord(dataSource).run(parsed === undefined ? {} : { reference: parsed.reference });
      if (parsed !== undefined && result.cases === 0) {
        context.note('There is no case with this reference.');
        return EXIT.refused;
      }
      for (const { reference, seq, kind } of result.breaks) {
        context.say(`${reference}, event ${seq}: ${broken[kind]}.`);
      }
      if (result.staff?.break !== undefined) {
        context.say(`Accounts and teams, event ${result.staff.break.seq}: ${broken[result.staff.break.kind]}.`);
      }
      context.say(summary(result));
      return result.ok ? EXIT.ok : EXIT.refused;
    });
  },
};

function summary({ ok, cases, events, breaks, staff }: VerifyRecordResult): string {
  const checked = `${cases} cases, ${events} events${staff === undefined ? '' : `; accounts and teams, ${staff.events} events`}`;
  const brokenChains = breaks.length + (staff?.break === undefined ? 0 : 1);
  return ok
    ? `The record holds: ${checked}.`
    : `THE RECORD IS BROKEN in ${brokenChains} ${brokenChains === 1 ? 'place' : 'places'} of ${checked}.`;
}
