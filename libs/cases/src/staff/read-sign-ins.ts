import { Injectable } from '@nestjs/common';
import { findStaffMember, inTransaction, listSignInNews, type SignInNewsRow } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import type { StaffIdentity } from './signed-in-staff';

/** So many are shown. */
const LATEST = 12;

/** One line of what happened at the door of somebody's account. */
export type SignInNews =
  | { readonly type: 'signed_in'; readonly at: Date; readonly device: 'known' | 'new'; readonly failedBefore: number }
  /** Attempts failed until somebody had to wait. */
  | { readonly type: 'sign_ins_failed'; readonly at: Date; readonly failures: number }
  /** The operator let them in although attempts had failed. */
  | { readonly type: 'attempts_forgiven'; readonly at: Date }
  /** The operator unlocked their key for a command. */
  | { readonly type: 'key_unlocked'; readonly at: Date };

/** What somebody may know of the door of their own account. */
export interface SignInsView {
  /** The newest first. */
  readonly news: readonly SignInNews[];
  /** Attempts that failed since they last gave the right password. */
  readonly failedSince: number;
}

/** Shows somebody who signed in as them and when, and whether somebody tried. */
@Injectable()
export class ReadSignIns {
  constructor(private readonly dataSource: DataSource) {}

  async run({ actor }: { readonly actor: StaffIdentity }): Promise<SignInsView> {
    return inTransaction(this.dataSource, async (tx) => {
      const member = await findStaffMember(tx, actor.staffId);
      return { news: (await listSignInNews(tx, actor.staffId, LATEST)).map(news), failedSince: member?.failedSignIns ?? 0 };
    });
  }
}

function news({ type, payload, occurredAt: at }: SignInNewsRow): SignInNews {
  switch (type) {
    case 'signed_in':
      return { type, at, device: payload['device'] === 'known' ? 'known' : 'new', failedBefore: Number(payload['failedBefore'] ?? 0) };
    case 'sign_ins_failed':
      return { type, at, failures: Number(payload['failures'] ?? 0) };
    case 'attempts_forgiven':
    case 'key_unlocked':
      return { type, at };
  }
}
