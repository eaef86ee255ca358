import { AddStaff, UnlockStaff } from '@recourse/cases';
import { STAFF_ROLES } from '@recourse/domain';
import { EXIT, requiredText, textOf, type Command } from '../command';
import { staffRefusals } from '../staff-refusals';
import { withDatabase } from '../with-database';
import { languageProblem, roleOf } from './setup';

/** Makes an account. */
export const staffAdd: Command = {
  name: 'staff add',
  usage: '--as MEMBER --sign-in-name NAME --name "FULL NAME" --email ADDRESS --role ROLE [--language en] [--team desk] [--lead]',
  summary: 'Make an account, and hand it the key of a team.',
  help:
    'Only somebody who holds a team’s key can hand it on: --as names a member of that team, whose password is asked for first, then the new\n' +
    'person’s; or both are read as two lines from standard input. Without --team the person sees no case (administrators never do).',
  options: {
    as: { type: 'string' },
    'sign-in-name': { type: 'string' },
    name: { type: 'string' },
    email: { type: 'string' },
    role: { type: 'string' },
    language: { type: 'string', default: 'en' },
    team: { type: 'string' },
    lead: { type: 'boolean', default: false },
  },
  required: ['as', 'sign-in-name', 'name', 'email', 'role'],
  run: async (context, given) => {
    const role = roleOf(given);
    if (role === undefined) {
      context.note(`--role is one of: ${STAFF_ROLES.join(', ')}.`);
      return EXIT.usage;
    }
    const wrongLanguage = languageProblem(given, context);
    if (wrongLanguage !== undefined) {
      context.note(wrongLanguage);
      return EXIT.usage;
    }
    const as = requiredText(given, 'as');
    const team = textOf(given, 'team');
    const passwordOfMember = await context.askSecret(`Password of ${as}`);
    const staff = {
      signInName: requiredText(given, 'sign-in-name'),
      displayName: requiredText(given, 'name'),
      email: requiredText(given, 'email'),
      role,
      language: requiredText(given, 'language'),
      password: await context.askSecret('Password of the new member of staff'),
    };
    return withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const unlocked = await new UnlockStaff(dataSource).run({
        signInName: as,
        password: passwordOfMember,
        now: context.clock().machineNow(),
      });
      if (!unlocked.ok) {
        context.note(`${as} cannot be unlocked: wrong name or password, a closed account, or too many attempts.`);
        return EXIT.refused;
      }
      const teamRole = given.values['lead'] === true ? ('lead' as const) : ('member' as const);
      const teams = team === undefined ? [] : [{ code: team, teamRole }];
      const added = await new AddStaff(dataSource).run({ actor: unlocked.actor, staff, teams, now: context.clock().now() });
      if (!added.ok) {
        context.note(added.code === 'not_on_team' ? `${as} does not hold the key of a team “${added.team}”.` : staffRefusals[added.code]);
        return EXIT.refused;
      }
      context.say(`${staff.signInName}: account made${team === undefined ? '' : `, on the team ${team}`}.`);
      return EXIT.ok;
    });
  },
};
