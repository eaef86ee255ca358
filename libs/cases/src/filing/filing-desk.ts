import { Injectable } from '@nestjs/common';
import { calendarsNamedIn, COMPLAINT_KINDS, type Calendars, type ComplaintKind, type Procedure } from '@recourse/domain';
import { findCurrentVaultKey, findSealingTeam, listProceduresInUse } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { DESK_TEAM } from '../institution/set-up-institution';
import { procedureFor } from '../procedures/procedure-for';
import { RuleBook } from '../procedures/rule-book';
import { isAboutRules } from '../procedures/unfit-rules';
import { Remembered } from './remembered';

/** To whom a new complaint is sealed, and under which rules it begins. */
export interface DeskForFiling {
  readonly deskTeamId: string;
  readonly deskPublicKey: Buffer;
  readonly recoveryPublicKey: Buffer;
  readonly workerPublicKey: Buffer;
  readonly procedureVersionId: string;
  readonly procedure: Procedure;
  /** The institution's, all that its procedure names among them. */
  readonly calendars: Calendars;
}

/** Thrown when nobody has set the institution up, or published its procedure: the public door cannot take complaints then. */
export class InstitutionNotSetUp extends Error {
  constructor(missing: string) {
    super(`the institution is not set up: there is no ${missing} (run "recourse setup" and "recourse procedure publish")`);
    this.name = 'InstitutionNotSetUp';
  }
}

/**
 * True when the institution is not set up, or its rules are missing or not what was published: nobody can file what they would file here before somebody has put
 * that right. Nothing was stored.
 */
export function isDeskClosed(error: unknown): boolean {
  return error instanceof InstitutionNotSetUp || isAboutRules(error);
}

/** Whose keys a complaint is sealed to, of whatever kind it is, and what was decided about where each kind begins. */
interface Institution extends Omit<DeskForFiling, keyof Beginning | 'calendars'> {
  readonly decided: Awaited<ReturnType<typeof listProceduresInUse>>;
}

/** On what a complaint begins. */
type Beginning = Pick<DeskForFiling, 'procedureVersionId' | 'procedure'>;

/**
 * Knows the desk for ten seconds at a time: keys change once in years and procedures once in months, and a rush of complaints
 * should not ask for them each time. Each procedure is read for itself: one that cannot be gone by closes the desk for the kinds that begin on it, and for no other.
 */
@Injectable()
export class FilingDesk {
  readonly #institution = new Remembered<'institution', Institution>();
  /** By code of the procedure. */
  readonly #beginnings = new Remembered<string, Beginning>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly rules: RuleBook,
  ) {}

  /**
   * @param kind of the complaint; unless given, what holds for every kind that has no procedure of its own
   * @throws what {@link isDeskClosed} knows
   */
  async current(kind?: ComplaintKind): Promise<DeskForFiling> {
    const { decided, ...keys } = await this.#institution.get('institution', () => this.readInstitution());
    const code = procedureFor(decided, kind);
    const beginning = await this.#beginnings.get(code, () => this.readBeginning(code));
    // The procedure is known for ten seconds, the calendars for one: of those that it names one may have been damaged since.
    const { manager } = this.dataSource;
    await this.rules.refuseDamaged(manager, calendarsNamedIn(beginning.procedure));
    return { ...keys, ...beginning, calendars: await this.rules.calendarsIn(manager) };
  }

  /** The desk of every kind that can be filed now; those for which it is closed are not there. */
  async open(): Promise<ReadonlyMap<ComplaintKind, DeskForFiling>> {
    const open = new Map<ComplaintKind, DeskForFiling>();
    for (const kind of COMPLAINT_KINDS) {
      try {
        open.set(kind, await this.current(kind));
      } catch (error) {
        if (!isDeskClosed(error)) {
          throw error;
        }
      }
    }
    return open;
  }

  private async readInstitution(): Promise<Institution> {
    const { manager } = this.dataSource;
    const desk = present(await findSealingTeam(manager, DESK_TEAM), 'desk team');
    const recovery = present(await findCurrentVaultKey(manager, 'recovery'), 'recovery key');
    const worker = present(await findCurrentVaultKey(manager, 'worker'), 'worker key');
    return {
      deskTeamId: desk.id,
      deskPublicKey: desk.publicKey,
      recoveryPublicKey: recovery.publicKey,
      workerPublicKey: worker.publicKey,
      decided: await listProceduresInUse(manager),
    };
  }

  private async readBeginning(code: string): Promise<Beginning> {
    const { versionId, procedure } = present(await this.rules.latestProcedure(this.dataSource.manager, code), `procedure ${code}`);
    return { procedureVersionId: versionId, procedure };
  }
}

function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) {
    throw new InstitutionNotSetUp(name);
  }
  return value;
}
