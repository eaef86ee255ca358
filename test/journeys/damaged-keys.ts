import { whileKeyIsDamaged, type Walk } from '../support/walk';
import { button, personOf, signIn } from './staff-door';

/** Looks at what is said of keys that do not open, to those on their team; the keys are whole again in the end, and set aside. */
export async function meetDamagedKeys(walk: Walk, address: string): Promise<void> {
  const { inspector, house } = walk;
  const reference = address.replace('/cases/', '');
  await signIn(walk, 'supervisor');
  await whileKeyIsDamaged(house, 'case', reference, async () => {
    // As if the team had been given another key since.
    await house.query(
      `UPDATE case_key_grant SET sealed_to = NULL WHERE holder_kind = 'team' AND case_id = (SELECT id FROM case_file WHERE reference = $1)`,
      [reference],
    );
    await inspector.open('keys of cases under an earlier key of the team', '/teams/desk');
    await inspector.press(button);
    await inspector.look('the key of a case was set aside');
    await inspector.openRefused('a case whose key does not open', address);
  });
  await whileKeyIsDamaged(house, 'team', personOf(walk, 'supervisor').signInName, () =>
    inspector.openRefused('a case that one’s own key of the team does not open', address),
  );
  await inspector.open('a case whose key was set aside', address);
}

/** An administrator has the keys tried again that were set aside, and nothing is left of it. */
export async function tryDamagedKeysAgain({ inspector }: Walk): Promise<void> {
  for (const work of ['case_key', 'team_key']) {
    await inspector.press(`form[action^="/set-aside/${work}/"] button`);
    await inspector.look(`set aside: a ${work} is tried again`);
  }
}
