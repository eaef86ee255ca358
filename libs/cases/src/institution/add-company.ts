import { Injectable } from '@nestjs/common';
import { findCompanyByName, insertCompany, inTransaction } from '@recourse/persistence';
import { isCountryCode, isDate } from '@recourse/domain';
import { DataSource } from 'typeorm';
import { v7 } from 'uuid';

/** A company that complaints may be about. */
export interface AddCompanyInput {
  readonly name: string;
  /** ISO 3166 alpha-2. */
  readonly country: string;
  readonly membership: 'member' | 'former_member' | 'not_member';
  /** `YYYY-MM-DD`. */
  readonly memberFrom?: string;
  /** `YYYY-MM-DD`. */
  readonly memberUntil?: string;
}

/** `added: false` when a company of this name was there already; it is left as it is. */
export type AddCompanyResult =
  | { readonly ok: true; readonly companyId: string; readonly added: boolean }
  | { readonly ok: false; readonly code: 'name_missing' | 'not_a_country' | 'not_a_date' };

/** Adds a company to the institution's list. */
@Injectable()
export class AddCompany {
  constructor(private readonly dataSource: DataSource) {}

  async run(input: AddCompanyInput): Promise<AddCompanyResult> {
    const name = input.name.normalize('NFC').trim();
    if (name === '') {
      return { ok: false, code: 'name_missing' };
    }
    if (!isCountryCode(input.country)) {
      return { ok: false, code: 'not_a_country' };
    }
    if ([input.memberFrom, input.memberUntil].some((day) => day !== undefined && !isDate(day))) {
      return { ok: false, code: 'not_a_date' };
    }
    return inTransaction(this.dataSource, async (tx): Promise<AddCompanyResult> => {
      const there = await findCompanyByName(tx, name);
      if (there !== undefined) {
        return { ok: true, companyId: there.id, added: false };
      }
      const companyId = v7();
      await insertCompany(tx, {
        id: companyId,
        name,
        country: input.country,
        membership: input.membership,
        memberFrom: input.memberFrom ?? null,
        memberUntil: input.memberUntil ?? null,
      });
      return { ok: true, companyId, added: true };
    });
  }
}
