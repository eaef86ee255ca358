import { Injectable } from '@nestjs/common';
import { COMPLAINT_KINDS, type Calendars, type ComplaintKind, type Procedure } from '@recourse/domain';
import { findCurrentVaultKey, findLatestProcedureVersion, findSealingTeam, listProceduresInUse } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { DESK_TEAM } from '../institution/set-up-institution';
import { procedureFor } from '../procedures/procedure-for';
import { RuleBook } from '../procedures/rule-book';

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

/** The desk for complaints of each kind, and for those of none. */
type Desks = ReadonlyMap<ComplaintKind | undefined, DeskForFiling>;

/**
 * Knows the desk for ten seconds at a time: keys change once in years and procedures once in months, and a rush of complaints
 * should not ask for them each time.
 */
@Injectable()
export class FilingDesk {
  #known: { readonly desks: Promise<Desks>; readonly until: number } | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  /** The institution's calendars. */
  get calendars(): Calendars {
    return this.rules.calendars;
  }

  /**
   * @param kind of the complaint; unless given, what holds for every kind that has no procedure of its own
   * @throws InstitutionNotSetUp
   */
  async current(kind?: ComplaintKind): Promise<DeskForFiling> {
    const desk = (await this.desks()).get(kind);
    if (desk === undefined) {
      throw new Error('every kind of complaint has a desk');
    }
    return desk;
  }

  private async desks(): Promise<Desks> {
    const now = performance.now();
    if (this.#known === undefined || this.#known.until < now) {
      const known = { desks: this.read(), until: now + FRESH_FOR_MS };
      this.#known = known;
      // A failure is not kept: the next complaint asks again.
      known.desks.catch(() => {
        if (this.#known === known) this.#known = undefined;
      });
    }
    return this.#known.desks;
  }

  private async read(): Promise<Desks> {
    const { manager } = this.dataSource;
    const desk = present(await findSealingTeam(manager, DESK_TEAM), 'desk team');
    const recovery = present(await findCurrentVaultKey(manager, 'recovery'), 'recovery key');
    const worker = present(await findCurrentVaultKey(manager, 'worker'), 'worker key');
    const keys = {
      deskTeamId: desk.id,
      deskPublicKey: desk.publicKey,
      recoveryPublicKey: recovery.publicKey,
      workerPublicKey: worker.publicKey,
    };
    const decided = await listProceduresInUse(manager);
    const desks = new Map<ComplaintKind | undefined, DeskForFiling>();
    for (const kind of [undefined, ...COMPLAINT_KINDS]) {
      desks.set(kind, { ...keys, ...(await this.latest(procedureFor(decided, kind))) });
    }
    return desks;
  }

  private async latest(code: string): Promise<Pick<DeskForFiling, 'procedureVersionId' | 'procedure'>> {
    const { manager } = this.dataSource;
    const version = present(await findLatestProcedureVersion(manager, code), `procedure ${code}`);
    return { procedureVersionId: version.id, procedure: await this.rules.procedure(manager, version.id) };
  }
}

function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) {
    throw new InstitutionNotSetUp(name);
  }
  return value;
}
