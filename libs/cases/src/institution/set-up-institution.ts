import { Injectable } from '@nestjs/common';
import type { NewStaff, NewStaffRefusal } from './new-staff';

/** What {@link SetUpInstitution} needs. */
export interface SetUpInstitutionInput {
  /** X25519 public key of the worker, whose secret half is in the worker's settings. 32 bytes. */
  readonly workerPublicKey: Buffer;
  /** Name of the desk team, for instance “Complaints desk”. */
  readonly deskName: string;
  /** The first person on the desk, as its lead: somebody must hold the desk's key from the first moment. */
  readonly firstMember: NewStaff;
  readonly now: Date;
}

/**
 * - `alreadySetUp: false`: `recoverySecret` is the secret half of the recovery key as 64 hex digits. It is stored nowhere: print it once,
 *   keep it on paper, off the machine.
 * - `alreadySetUp: true`: nothing was changed.
 * - `worker_key_differs`: it was set up with another worker key, and the worker could not open the routes sealed to that one.
 * - `staff_refused`: the first member cannot be made; nothing was stored.
 */
export type SetUpInstitutionResult =
  | { readonly ok: true; readonly alreadySetUp: true }
  | { readonly ok: true; readonly alreadySetUp: false; readonly recoverySecret: string; readonly staffId: string }
  | { readonly ok: false; readonly code: 'worker_key_differs' }
  | { readonly ok: false; readonly code: 'staff_refused'; readonly reason: NewStaffRefusal };

/** Makes the keys of the institution: worker, recovery, and the desk team with its first member. Once. */
@Injectable()
export class SetUpInstitution {
  async run(input: SetUpInstitutionInput): Promise<SetUpInstitutionResult> {
    throw new Error(`not written yet (${input.deskName})`);
  }
}
