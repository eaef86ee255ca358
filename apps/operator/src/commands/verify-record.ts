import { VerifyRecord, type ChainBreak, type ChainHead, type ChangedRules, type VerifyRecordResult } from '@recourse/cases';
import { parseReference } from '@recourse/domain';
import { EXIT, textOf, type Command } from '../command';
import { counted } from '../counted';
import { withDatabase } from '../with-database';

const broken: Readonly<Record<ChainBreak['kind'], string>> = {
  gap: 'an event is missing here',
  link: 'this event does not follow the one before it',
  content: 'this event was changed after it was written',
  head: 'events are missing from here to the end, or the end was written anew',
  beyond: 'from here on events were added after the end that the database knows of',
};

/** Recomputes the record. */
export const verifyRecord: Command = {
  name: 'verify-record',
  usage: '[REFERENCE | --end NUMBER:HASH]',
  summary:
    'Recompute the record of every case (or of one), and that of accounts and teams, outside the database, name the first break in each, and every published rule that was changed.',
  help:
    'Exit code 0 when the record holds, 1 when it does not. It prints where the record of accounts and teams ends: keep that off this machine, and give it\n' +
    'the next time as --end. Whoever owns the server could cut events off and set the end back; only what was noted elsewhere shows it.',
  options: { end: { type: 'string' } },
  words: [0, 1],
  run: async (context, given) => {
    const [typed] = given.positionals;
    const end = endFrom(textOf(given, 'end'));
    if (end === null) {
      context.note('--end is a number, a colon and 64 hexadecimal digits, as an earlier run printed it.');
      return EXIT.usage;
    }
    if (typed !== undefined && end !== undefined) {
      context.note('--end is where the record of accounts and teams ended: it says nothing about one case. Give it without a reference.');
      return EXIT.usage;
    }
    const parsed = typed === undefined ? undefined : parseReference(typed);
    if (parsed?.ok === false) {
      context.note(`“${typed ?? ''}” is not a reference.`);
      return EXIT.usage;
    }
    return withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const result = await new VerifyRecord(dataSource).run({
        ...(parsed === undefined ? {} : { reference: parsed.reference }),
        ...(end === undefined ? {} : { end }),
      });
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
      for (const changed of result.rules?.changed ?? []) {
        context.say(inWords(changed));
      }
      context.say(summary(result));
      if (result.ok && result.staff?.end !== undefined) {
        const { lastSeq, lastHash } = result.staff.end;
        context.say(`Accounts and teams end at ${lastSeq}:${lastHash.toString('hex')}`);
      }
      return result.ok ? EXIT.ok : EXIT.refused;
    });
  },
};

function inWords({ kind, code, version, fault, says }: ChangedRules): string {
  const name = `The ${kind} ${code}, version ${version},`;
  if (fault === 'missing') {
    return `${name} is missing, although a later version, a clock or a procedure needs it. Restore its row from a backup.`;
  }
  if (says !== undefined) {
    const own = says.version === undefined ? says.code : `${says.code}, version ${says.version}`;
    return `${name} is not what was published: its row is one of ${own}. Restore the rows of both from a backup; until then nothing goes by either.`;
  }
  return `${name} is not what was published. Restore its row from a backup; until then nothing goes by it.`;
}

function summary({ ok, cases, events, breaks, staff, rules }: VerifyRecordResult): string {
  const checked = [
    `${counted(cases, 'case')}, ${counted(events, 'event')}`,
    ...(staff === undefined ? [] : [`accounts and teams, ${counted(staff.events, 'event')}`]),
    ...(rules === undefined ? [] : [`${counted(rules.versions, 'published version')} of rules`]),
  ].join('; ');
  const brokenChains = breaks.length + (staff?.break === undefined ? 0 : 1) + (rules?.changed.length ?? 0);
  return ok ? `The record holds: ${checked}.` : `THE RECORD IS BROKEN in ${counted(brokenChains, 'place')} of ${checked}.`;
}

/** Undefined when nothing was given, null when it cannot be read. */
function endFrom(text: string | undefined): ChainHead | null | undefined {
  const [, seq, hash] = /^(\d{1,9}):([0-9a-f]{64})$/i.exec(text ?? '') ?? [];
  if (seq === undefined || hash === undefined) {
    return text === undefined ? undefined : null;
  }
  return { lastSeq: Number(seq), lastHash: Buffer.from(hash, 'hex') };
}
