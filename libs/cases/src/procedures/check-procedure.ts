import { Injectable } from '@nestjs/common';
import { parseProcedure, type ParsedProcedure } from '@recourse/domain';
import { inTransaction, makeReadOnly } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { codeOf, refuseDamagedCalendars, surroundingsIn, type RulesDocument } from './surroundings';
import { RuleBook } from './rule-book';

/** What {@link CheckProcedure} needs. */
export interface CheckProcedureInput extends RulesDocument {
  /** Codes of calendars that will be published before it. */
  readonly calendars?: readonly string[];
  /** Codes of procedures that will be published before it. */
  readonly procedures?: readonly string[];
  /** Others that will be published with it. */
  readonly together?: readonly RulesDocument[];
  /** Languages that pages and mails are offered in: it must have words in each. Not asked when absent. */
  readonly languages?: readonly string[];
}

/** Says what publishing a procedure would say now, and publishes nothing: in a transaction that cannot write. Run as the owner. */
@Injectable()
export class CheckProcedure {
  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  async run({ text, fileName, calendars = [], procedures = [], together = [], languages }: CheckProcedureInput): Promise<ParsedProcedure> {
    return inTransaction(this.dataSource, async (tx) => {
      await makeReadOnly(tx);
      const surroundings = await surroundingsIn(tx, this.rules);
      const beside = together.flatMap((other) => codeOf(other.text, other.fileName));
      const parsed = parseProcedure(text, fileName, {
        ...surroundings,
        calendars: [...surroundings.calendars, ...calendars],
        procedures: [...surroundings.procedures, ...procedures, ...beside],
        ...(languages && { languages }),
      });
      return refuseDamagedCalendars(tx, this.rules, parsed);
    });
  }
}
