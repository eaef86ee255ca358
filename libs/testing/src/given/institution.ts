import {
  AddCompany,
  AddStaff,
  AddTeam,
  FilingSecrets,
  type NewStaff,
  PublishProcedure,
  RuleBook,
  SetUpInstitution,
  type SignedInStaff,
  UnlockStaff,
} from '@recourse/cases';
import { generateKeyPair, type KeyPair, randomBytes } from '@recourse/vault';
import type { DataSource } from 'typeorm';

import { shippedProcedureText } from '../shipped-procedure';
import { TEST_PASSWORD_COST } from '../test-settings';

/** Everybody and everything that an institution has before the first complaint. All invented. */
export interface GivenInstitution {
  readonly rules: RuleBook;
  readonly secrets: FilingSecrets;
  readonly worker: KeyPair;
  readonly recovery: Buffer;
  readonly officer: SignedInStaff;
  readonly otherOfficer: SignedInStaff;
  /** Leads the desk. */
  readonly supervisor: SignedInStaff;
  readonly director: SignedInStaff;
  /** Looks after accounts; on no team. */
  readonly administrator: SignedInStaff;
  readonly companyId: string;
}

/** Password of everybody in tests. */
export const GIVEN_PASSWORD = 'correct horse battery staple';

/** The rules, as they are published: every test database has the shipped calendars. */
export function givenRules(): Promise<RuleBook> {
  return Promise.resolve(new RuleBook());
}

/** Text of the shipped remedy procedure. */
export function remedyText(): Promise<string> {
  return Promise.resolve(shippedProcedureText('remedy'));
}

/**
 * Sets an institution up through the use cases: keys, desk, people, one company, the shipped procedure.
 * @param owner of a migrated, empty database
 * @param now when it is set up
 */
export async function givenInstitution(owner: DataSource, now: Date): Promise<GivenInstitution> {
  const worker = generateKeyPair();
  const setUp = await new SetUpInstitution(owner, TEST_PASSWORD_COST).run({
    workerPublicKey: worker.publicKey,
    deskName: 'Complaints desk',
    firstMember: person('supervisor', 'supervisor'),
    now,
  });
  if (!setUp.ok || setUp.alreadySetUp) {
    throw new Error('the database was not empty');
  }
  const supervisor = await unlock(owner, 'supervisor', now);
  const add = async (signInName: string, role: NewStaff['role'], onDesk: boolean): Promise<SignedInStaff> => {
    const teams = onDesk ? [{ code: 'desk', teamRole: 'member' as const }] : [];
    const added = await new AddStaff(owner, TEST_PASSWORD_COST).run({ actor: supervisor, staff: person(signInName, role), teams, now });
    if (!added.ok) {
      throw new Error(`cannot add ${signInName}: ${added.code}`);
    }
    return unlock(owner, signInName, now);
  };
  const rules = await givenRules();
  const people = {
    officer: await add('officer', 'officer', true),
    otherOfficer: await add('other.officer', 'officer', true),
    director: await add('director', 'director', true),
    administrator: await add('administrator', 'administrator', false),
  };
  // Once there are people: somebody must be able to be the second person.
  const published = await new PublishProcedure(owner, rules).run({ text: await remedyText(), fileName: 'remedy.yaml', now });
  if (!published.ok) {
    throw new Error('the shipped procedure cannot be published');
  }
  return {
    rules,
    secrets: new FilingSecrets(randomBytes(32), randomBytes(32)),
    worker,
    recovery: Buffer.from(setUp.recoverySecret, 'hex'),
    supervisor,
    ...people,
    companyId: await givenCompany(owner),
  };
}

/**
 * Makes a second team and an officer who is on it alone: somebody for whom the cases of the desk do not exist. Signs in as `stranger`.
 * @param owner of the institution's database
 * @param now when the team is made
 */
export async function givenStranger(owner: DataSource, supervisor: SignedInStaff, now: Date): Promise<SignedInStaff> {
  const made = await new AddTeam(owner).run({ actor: supervisor, code: 'field', name: 'Field team', now });
  if (!made.ok) {
    throw new Error(`cannot make a second team: ${made.code}`);
  }
  // The supervisor holds the key of the new team from their next unlocking on.
  const actor = await unlock(owner, 'supervisor', now);
  const teams = [{ code: 'field', teamRole: 'member' as const }];
  const added = await new AddStaff(owner, TEST_PASSWORD_COST).run({ actor, staff: person('stranger', 'officer'), teams, now });
  if (!added.ok) {
    throw new Error(`cannot add an officer of another team: ${added.code}`);
  }
  return unlock(owner, 'stranger', now);
}

async function givenCompany(owner: DataSource): Promise<string> {
  const added = await new AddCompany(owner).run({ name: 'Lantern Guarding (invented)', country: 'CH', membership: 'member' });
  if (!added.ok) {
    throw new Error(`cannot add a company: ${added.code}`);
  }
  return added.companyId;
}

function person(signInName: string, role: NewStaff['role']): NewStaff {
  return {
    signInName,
    displayName: `The ${signInName.replace('.', ' ')}`,
    email: `${signInName}@recourse.example`,
    role,
    language: 'en',
    password: GIVEN_PASSWORD,
  };
}

async function unlock(owner: DataSource, signInName: string, now: Date): Promise<SignedInStaff> {
  const unlocked = await new UnlockStaff(owner).run({ signInName, password: GIVEN_PASSWORD, now });
  if (!unlocked.ok) {
    throw new Error(`${signInName} cannot be unlocked`);
  }
  return unlocked.actor;
}
