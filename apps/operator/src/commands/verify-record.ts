import { VerifyRecord, type ChainBreak } from '@recourse/cases';
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
  summary: 'Recompute the record of every case (or of one) outside the database, and name the first break in each.',
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
      const checked = `${result.cases} cases, ${result.events} events`;
      context.say(result.ok ? `The record holds: ${checked}.` : `THE RECORD IS BROKEN in ${result.breaks.length} of ${checked}.`);
      return result.ok ? EXIT.ok : EXIT.refused;
    });
  },
};
