import { OpenCase, type SignedInStaff } from '@recourse/cases';

import { createTestDatabase, type TestDatabase } from '../test-database';
import { Given, GIVEN_COMPLAINT, type GivenCase } from './given';

/** An institution that the test has to itself. */
export interface FreshInstitution {
  readonly given: Given;
  /** Id of the desk, whom everybody but the administrator is on. */
  readonly deskId: string;
  /** Whether somebody reads in a case what its complaint says; `false` where it does not exist for them. */
  opens(actor: SignedInStaff, filed: GivenCase, now?: Date): Promise<boolean>;
}

/**
 * An institution in a database of its own for each test of a file: for what changes accounts, teams and keys. Call it once, outside of any test; use what it
 * returns inside of tests and of `beforeEach`.
 */
export function freshInstitution(): () => FreshInstitution {
  let database: TestDatabase | undefined;
  let fresh: FreshInstitution | undefined;
  beforeEach(async () => {
    database = await createTestDatabase();
    const given = await Given.in(database);
    const opens: FreshInstitution['opens'] = async (actor, { reference }, now = new Date()) => {
      const opened = await new OpenCase(given.casework, given.institution.rules).run({ actor, reference, now });
      return JSON.stringify(opened).includes(GIVEN_COMPLAINT.narrative);
    };
    fresh = { given, deskId: given.institution.supervisor.teams[0]?.id ?? '', opens };
  }, 60_000);
  afterEach(() => database?.drop(), 60_000);
  return () => {
    if (fresh === undefined) throw new Error('the institution is set up in beforeEach: use it inside of tests');
    return fresh;
  };
}
