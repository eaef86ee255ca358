import { type NewStaffRefusal, SHORTEST_PASSWORD } from '@recourse/cases';

/** Why an account cannot be made, for the operator. */
export const staffRefusals: Readonly<Record<NewStaffRefusal, string>> = {
  sign_in_name_taken: 'There is an account with this sign-in name already.',
  sign_in_name_invalid: 'A sign-in name has 2 to 60 letters, digits, dots and dashes, and begins with a letter or digit.',
  email_invalid: 'This is not an e-mail address.',
  password_too_short: `A password has at least ${SHORTEST_PASSWORD} characters: it protects a key, and length is what counts.`,
  name_missing: 'The name is missing.',
};
