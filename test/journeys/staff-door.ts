import type { Walk } from '../support/walk';

/** The button of a page with one form. */
export const button = 'main form button';

/** Signs somebody in, in this language. */
export async function signIn({ inspector, house }: Walk, role: string): Promise<void> {
  await inspector.page.context().clearCookies();
  await inspector.goTo(`/sign-in?lang=${inspector.language}`);
  await enter({ inspector, house }, role);
}

/** Fills in the sign-in that is there. */
export async function enter({ inspector, house }: Walk, role: string): Promise<void> {
  const { signInName, password } = personOf({ house }, role);
  await inspector.page.locator('input[name="signInName"]').fill(signInName);
  await inspector.page.locator('input[name="password"]').fill(password);
  await inspector.press(button);
}

/** The person of this role in the demo workspace. */
export function personOf({ house }: Pick<Walk, 'house'>, role: string): { readonly signInName: string; readonly password: string } {
  const person = house.demo.signIns.find((one) => one.role === role);
  if (person === undefined) throw new Error(`The demo workspace has no ${role}.`);
  return person;
}

/**
 * Somebody guesses at a password from this address until they have to wait, and then from so many others that whoever is nowhere known has to: after that the right
 * password is refused here, too. Forgotten in the end.
 */
export async function guess(walk: Walk, role: string): Promise<void> {
  const { inspector, house } = walk;
  const { signInName } = personOf(walk, role);
  // As the browser sends it, for it is counted by where it comes from.
  const wrong = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ signInName, password: 'a guess' }),
  };
  await inspector.page.evaluate(`(async () => {
    for (let times = 0; times < 5; times += 1) await fetch('/api/v1/session', ${JSON.stringify(wrong)});
  })()`);
  await enter(walk, role);
  await inspector.lookRefused('too many guesses from here');
  // The row of nowhere in particular has an origin of nothing but zeros.
  await house.query(`DELETE FROM sign_in_limit WHERE origin <> decode(repeat('00', 32), 'hex')`);
  await house.query(`UPDATE sign_in_limit SET locked_until = now() + interval '1 hour'`);
  await enter(walk, role);
  await inspector.lookRefused('too many guesses from everywhere');
  await house.query('DELETE FROM sign_in_limit');
}
