import { Injectable } from '@nestjs/common';

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
  async run(input: AddCompanyInput): Promise<AddCompanyResult> {
    throw new Error(`not written yet (${input.country})`);
  }
}
