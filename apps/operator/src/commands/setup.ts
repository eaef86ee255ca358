import { keepSecrets, requireKnownSecrets, RuleBook, SetUpInstitution, type NewStaff, type SetUpInstitutionResult } from '@recourse/cases';
import { STAFF_ROLES, type StaffRole } from '@recourse/domain';
import { EXIT, requiredText, textOf, type Command, type CommandContext, type Given } from '../command';
import { receiptSecretsIfGiven } from '../receipt-secrets';
import { publishShippedRules } from '../shipped-rules';
import { staffRefusals } from '../staff-refusals';
import { withDatabase } from '../with-database';
import { workerPublicKey } from '../worker-key';

/** Makes the keys of the institution. */
export const setup: Command = {
  name: 'setup',
  usage: '--sign-in-name NAME --name "FULL NAME" --email ADDRESS [--role supervisor] [--language en] [--desk-name "Complaints desk"]',
  summary: 'Make the institution’s keys, the complaints desk and its first member, and publish the shipped calendars and procedure.',
  help:
    'The password of the first member is asked for, or read as one line from standard input. The recovery key is printed once, on standard output,\n' +
    'and stored nowhere: keep it on paper, in two places, off this machine. Run a second time, it changes nothing.',
  options: {
    'sign-in-name': { type: 'string' },
    name: { type: 'string' },
    email: { type: 'string' },
    role: { type: 'string', default: 'supervisor' },
    language: { type: 'string', default: 'en' },
    'desk-name': { type: 'string', default: 'Complaints desk' },
  },
  required: ['sign-in-name', 'name', 'email'],
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
    const settings = context.settings();
    const publicKey = workerPublicKey(settings);
    const secrets = receiptSecretsIfGiven(settings);
    const firstMember: NewStaff = {
      signInName: requiredText(given, 'sign-in-name'),
      displayName: requiredText(given, 'name'),
      email: requiredText(given, 'email'),
      role,
      language: requiredText(given, 'language'),
      password: await context.askSecret('Password of the first member'),
    };
    return withDatabase(settings.databaseUrl, async (dataSource) => {
      const deskName = requiredText(given, 'desk-name');
      if (secrets !== undefined) {
        await requireKnownSecrets(dataSource.manager, secrets);
      }
      const result = await new SetUpInstitution(dataSource).run({
        workerPublicKey: publicKey,
        deskName,
        firstMember,
        now: context.clock().now(),
      });
      const code = tell(context, result);
      if (code === EXIT.ok) {
        if (secrets !== undefined) {
          await keepSecrets(dataSource, secrets);
        }
        (await publishShippedRules(dataSource, new RuleBook(), context.clock().now())).forEach(context.note);
      }
      return code;
    });
  },
};

/** What is wrong with `--language`, or undefined: nobody would be answered in a language that no page and no mail is written in. */
export function languageProblem(given: Given, { settings }: CommandContext): string | undefined {
  const { languages } = settings();
  return languages.includes(requiredText(given, 'language'))
    ? undefined
    : `--language is one of: ${languages.join(', ')}. See RECOURSE_LANGUAGES.`;
}

/** The role of `--role`, or undefined when there is none of that name. */
export function roleOf(given: Given): StaffRole | undefined {
  return STAFF_ROLES.find((role) => role === textOf(given, 'role'));
}

function tell({ say, note }: CommandContext, result: SetUpInstitutionResult): number {
  if (!result.ok) {
    note(
      result.code === 'worker_key_differs'
        ? 'The institution was set up with another RECOURSE_WORKER_SECRET_KEY. The worker could not open the addresses sealed to that one. Nothing was changed.'
        : staffRefusals[result.reason],
    );
    return EXIT.refused;
  }
  if (result.alreadySetUp) {
    note('The institution is set up already. Nothing was changed.');
    return EXIT.ok;
  }
  note('The recovery key, shown this once. Whoever has it and a copy of the database can read every complaint:');
  say(result.recoverySecret);
  return EXIT.ok;
}
