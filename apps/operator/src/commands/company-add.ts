import { AddCompany } from '@recourse/cases';
import { MEMBERSHIPS } from '@recourse/domain';
import { EXIT, requiredText, textOf, type Command } from '../command';
import { withDatabase } from '../with-database';

const refusals = {
  name_missing: 'The name is missing.',
  not_a_country: '--country is a code of ISO 3166 in capitals, for instance CH.',
  not_a_date: '--member-from and --member-until are days: YYYY-MM-DD.',
} as const;

/** Adds a company. */
export const companyAdd: Command = {
  name: 'company add',
  usage: '"NAME" --country CH [--membership member|former_member|not_member] [--member-from YYYY-MM-DD] [--member-until YYYY-MM-DD]',
  summary: 'Add a company to the list that officers choose from.',
  options: {
    country: { type: 'string' },
    membership: { type: 'string', default: 'member' },
    'member-from': { type: 'string' },
    'member-until': { type: 'string' },
  },
  required: ['country'],
  words: [1, 1],
  run: async (context, given) => {
    const membership = MEMBERSHIPS.find((one) => one === textOf(given, 'membership'));
    if (membership === undefined) {
      context.note(`--membership is one of: ${MEMBERSHIPS.join(', ')}.`);
      return EXIT.usage;
    }
    const [name = ''] = given.positionals;
    const memberFrom = textOf(given, 'member-from');
    const memberUntil = textOf(given, 'member-until');
    return withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const added = await new AddCompany(dataSource).run({
        name,
        country: requiredText(given, 'country'),
        membership,
        ...(memberFrom === undefined ? {} : { memberFrom }),
        ...(memberUntil === undefined ? {} : { memberUntil }),
      });
      if (!added.ok) {
        context.note(refusals[added.code]);
        return EXIT.refused;
      }
      context.say(added.added ? `${name}: added.` : `${name}: is in the list already; nothing was changed.`);
      return EXIT.ok;
    });
  },
};
