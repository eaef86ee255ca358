import { AdmitStaff } from '@recourse/cases';
import { EXIT, type Command } from '../command';
import { withDatabase } from '../with-database';

/** Ends the waits that failed attempts to sign in have made for an account. */
export const staffAdmit: Command = {
  name: 'staff admit',
  usage: 'SIGN_IN_NAME',
  summary: 'Let somebody in at once whom a stranger’s guessing makes wait: forget the failed attempts to sign in to their account.',
  help:
    'They still need their password. Have them sign in while you speak with them: whoever guesses can begin anew, and what they count does not concern a device on\n' +
    'which they have signed in. It is in the record of accounts, and on their own page.',
  options: {},
  words: [1, 1],
  run: async (context, given) => {
    const [signInName = ''] = given.positionals;
    return withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const admitted = await new AdmitStaff(dataSource).run({ signInName, now: context.clock().now() });
      if (!admitted.ok) {
        context.note(
          admitted.code === 'unknown_account' ? `Nobody signs in as “${signInName}”.` : `The account “${signInName}” is closed.`,
        );
        return EXIT.refused;
      }
      context.say(
        admitted.waited
          ? `${signInName}: the failed attempts are forgotten. Whoever has the password can sign in now.`
          : `${signInName}: no failed attempts are counted. Nothing was changed.`,
      );
      return EXIT.ok;
    });
  },
};
