import { Injectable } from '@nestjs/common';
import { hasPermission } from '@recourse/domain';
import { listAccounts } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import type { StaffIdentity, StaffRole } from './signed-in-staff';

/** An account as an administrator sees it. */
export interface AccountView {
  readonly displayName: string;
  readonly signInName: string;
  readonly role: StaffRole;
  /** False when it is closed. */
  readonly active: boolean;
  /** Absent when they never did, or not since sign-ins are recorded. */
  readonly lastSignedInAt?: Date;
  /** Attempts that failed since the last right password. */
  readonly failedSince: number;
  /** When so many failed last that somebody had to wait. */
  readonly lastTriedAt?: Date;
}

/** Shows every account with who came in and whether somebody tried, to whoever looks after accounts; to others nothing. */
@Injectable()
export class ListAccounts {
  constructor(private readonly dataSource: DataSource) {}

  async run({ actor }: { readonly actor: StaffIdentity }): Promise<readonly AccountView[]> {
    if (!hasPermission(actor.role, 'staff:manage')) {
      return [];
    }
    const rows = await listAccounts(this.dataSource.manager);
    return rows.map(({ displayName, signInName, role, active, failedSignIns, lastSignedInAt, lastTriedAt }) => ({
      displayName,
      signInName,
      role,
      active,
      failedSince: failedSignIns,
      ...(lastSignedInAt === null ? {} : { lastSignedInAt }),
      ...(lastTriedAt === null ? {} : { lastTriedAt }),
    }));
  }
}
