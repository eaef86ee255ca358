import { keyPairFrom } from '@recourse/vault';
import { listMemberships, type StaffMember } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { SignedInStaff } from './signed-in-staff';

/** Spells a sign-in name as it is stored: without spaces around it, in lower case, Unicode NFC. */
export function storedSignInName(typed: string): string {
  return typed.normalize('NFC').trim().toLowerCase();
}

/** Puts together who a member of staff is, their teams, and their unlocked key. */
export async function signedIn(tx: EntityManager, member: StaffMember, secretKey: Buffer): Promise<SignedInStaff> {
  const memberships = await listMemberships(tx, member.id);
  const teams = memberships.map(({ teamId, code, name, teamRole }) => ({ id: teamId, code, name, teamRole }));
  return new SignedInStaff(
    {
      staffId: member.id,
      signInName: member.signInName,
      displayName: member.displayName,
      role: member.role,
      language: member.language,
      teams,
    },
    keyPairFrom(secretKey),
  );
}
