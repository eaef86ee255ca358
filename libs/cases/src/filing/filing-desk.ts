import { Injectable } from '@nestjs/common';
import type { Calendars, Procedure } from '@recourse/domain';
import { findCurrentVaultKey, findLatestProcedureVersion, findSealingTeam } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { DESK_TEAM } from '../institution/set-up-institution';
import { RuleBook } from '../procedures/rule-book';

/** Code of the procedure on which every complaint begins. */
export const DEFAULT_PROCEDURE = 'remedy';

/** To whom a new complaint is sealed, and under which rules it begins. */
export interface DeskForFiling {
  readonly deskTeamId: string;
  readonly deskPublicKey: Buffer;
  readonly recoveryPublicKey: Buffer;
  readonly workerPublicKey: Buffer;
  readonly procedureVersionId: string;
  readonly procedure: Procedure;
}

/** Thrown when nobody has set the institution up, or published its procedure: the public door cannot take complaints then. */
export class InstitutionNotSetUp extends Error {
  constructor(missing: string) {
    super(`the institution is not set up: there is no ${missing} (run "recourse setup" and "recourse procedure publish")`);
    this.name = 'InstitutionNotSetUp';
  }
}

const FRESH_FOR_MS = 10_000;

/**
 * Knows the desk for ten seconds at a time: keys change once in years and procedures once in months, and a rush of complaints
 * should not ask for them each time.
 */
@Injectable()
export class FilingDesk {
  #known: { readonly desk: Promise<DeskForFiling>; readonly until: number } | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  /** The institution's calendars. */
  get calendars(): Calendars {
    return this.rules.calendars;
  }

  /** @throws InstitutionNotSetUp */
  async current(): Promise<DeskForFiling> {
    const now = performance.now();
    if (this.#known === undefined || this.#known.until < now) {
      const desk = this.read();
      this.#known = { desk, until: now + FRESH_FOR_MS };
      // A failure is not kept: the next complaint asks again.
      desk.catch(() => {
        this.#known = undefined;
      });
    }
    return this.#known.desk;
  }

  private async read(): Promise<DeskForFiling> {
    const { manager } = this.dataSource;
    const desk = present(await findSealingTeam(manager, DESK_TEAM), 'desk team');
    const recovery = present(await findCurrentVaultKey(manager, 'recovery'), 'recovery key');
    const worker = present(await findCurrentVaultKey(manager, 'worker'), 'worker key');
    const version = present(await findLatestProcedureVersion(manager, DEFAULT_PROCEDURE), `procedure ${DEFAULT_PROCEDURE}`);
    return {
      deskTeamId: desk.id,
      deskPublicKey: desk.publicKey,
      recoveryPublicKey: recovery.publicKey,
      workerPublicKey: worker.publicKey,
      procedureVersionId: version.id,
      procedure: await this.rules.procedure(manager, version.id),
    };
  }
}

function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) {
    throw new InstitutionNotSetUp(name);
  }
  return value;
}
