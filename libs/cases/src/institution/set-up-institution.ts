import { findCurrentVaultKey, insertVaultKey, inTransaction, isUniqueViolation } from '@recourse/persistence';
import { generateKeyPair, sameBytes, STANDARD_PASSWORD_COST, type PasswordCost } from '@recourse/vault';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { recordStaffEvent } from '../staff/record-staff-event';
import { recordTeam, storeTeam } from './add-team';
import { newStaffKeys, refuseStaff, storeStaff, type NewStaff, type NewStaffKeys, type NewStaffRefusal } from './new-staff';

/** Code of the team that receives every complaint. */
export const DESK_TEAM = 'desk';

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

/** Makes the keys of the institution: worker, recovery, and the desk team with its first member. Once, however often it is run. */
export class SetUpInstitution {
  /** @param cost of one guess at a password of an account made here; whatever it is, the account keeps it with its key. Cheaper for tests alone. */
  constructor(
    private readonly dataSource: DataSource,
    private readonly cost: PasswordCost = STANDARD_PASSWORD_COST,
  ) {}

  async run(input: SetUpInstitutionInput): Promise<SetUpInstitutionResult> {
    const earlier = await this.earlier(input);
    if (earlier !== undefined) {
      return earlier;
    }
    const reason = refuseStaff(input.firstMember);
    if (reason !== undefined) {
      return { ok: false, code: 'staff_refused', reason };
    }
    const keys = await newStaffKeys(input.firstMember.password, this.cost);
    try {
      const result = await inTransaction(this.dataSource, (tx) => this.store(tx, input, keys));
      // The name may be taken by ourselves: somebody ran the same set-up and was faster.
      return result.ok ? result : ((await this.earlier(input)) ?? result);
    } catch (error) {
      // Somebody else set it up at the same moment; the desk's code is unique, so all of ours is rolled back.
      const overtaken = isUniqueViolation(error, 'team_code_uq') || isUniqueViolation(error, 'staff_member_sign_in_name_uq');
      const done = overtaken ? await this.earlier(input) : undefined;
      if (done === undefined) {
        throw error;
      }
      return done;
    }
  }

  private async earlier(input: SetUpInstitutionInput): Promise<SetUpInstitutionResult | undefined> {
    const worker = await findCurrentVaultKey(this.dataSource.manager, 'worker');
    if (worker === undefined) {
      return undefined;
    }
    return sameBytes(worker.publicKey, input.workerPublicKey)
      ? { ok: true, alreadySetUp: true }
      : { ok: false, code: 'worker_key_differs' };
  }

  private async store(tx: EntityManager, input: SetUpInstitutionInput, keys: NewStaffKeys): Promise<SetUpInstitutionResult> {
    const staffId = await storeStaff(tx, input.firstMember, keys, input.now);
    if (staffId === undefined) {
      return { ok: false, code: 'staff_refused', reason: 'sign_in_name_taken' };
    }
    const teamId = await storeTeam(tx, { code: DESK_TEAM, name: input.deskName }, { staffId, publicKey: keys.publicKey });
    const recovery = generateKeyPair();
    await insertVaultKey(tx, { id: v7(), kind: 'worker', publicKey: input.workerPublicKey, createdAt: input.now });
    await insertVaultKey(tx, { id: v7(), kind: 'recovery', publicKey: recovery.publicKey, createdAt: input.now });
    const event = { actor: { kind: 'operator' }, now: input.now } as const;
    await recordStaffEvent(tx, { type: 'account_made', payload: { role: input.firstMember.role }, staffId, ...event });
    await recordTeam(tx, { teamId, leadId: staffId, now: input.now });
    await recordStaffEvent(tx, { type: 'institution_set_up', payload: {}, staffId: null, ...event });
    return { ok: true, alreadySetUp: false, recoverySecret: recovery.secretKey.toString('hex'), staffId };
  }
}
