import { randomUUID } from 'node:crypto';

import {
  type Complaint,
  FileComplaint,
  type FileComplaintInput,
  FilingDesk,
  PerformAction,
  type PerformActionInput,
  type SignedInStaff,
} from '@recourse/cases';
import { findCaseByReference, listTracksOfCase, type Track } from '@recourse/persistence';
import type { DataSource } from 'typeorm';

import type { TestRole } from '../test-database';
import { type GivenInstitution, givenInstitution, givenStranger } from './institution';
import { stepsTo } from './steps';

/** A complaint that was filed. */
export interface GivenCase {
  readonly reference: string;
  /** 24 digits. */
  readonly receipt: string;
  readonly trackId: string;
}

/** What a complaint says when a test does not care. */
export const GIVEN_COMPLAINT: Complaint = {
  language: 'en',
  narrative: 'The guards took my cart at the gate and did not give it back.',
  country: 'KE',
  companyDescription: 'Blue caps, no badge',
};

/**
 * An institution in a test database, and how to get a case where a test needs it: through the use cases, with the roles of the processes.
 *
 * ```
 * const database = testDatabase();
 * let given: Given;
 * beforeAll(async () => { given = await Given.in(database); });
 * const { reference } = await given.caseIn('waiting_for_information');
 * ```
 */
export class Given {
  #stranger: Promise<SignedInStaff> | undefined;

  private constructor(
    readonly institution: GivenInstitution,
    readonly intake: DataSource,
    readonly casework: DataSource,
    readonly worker: DataSource,
    readonly owner: DataSource,
  ) {}

  /** Sets the institution up; about a tenth of a second, because passwords are as cheap as {@link TEST_PASSWORD_COST}. */
  static async in(database: { dataSource(role: TestRole): Promise<DataSource> }, now = new Date()): Promise<Given> {
    const owner = await database.dataSource('owner');
    const institution = await givenInstitution(owner, now);
    return new Given(
      institution,
      await database.dataSource('intake'),
      await database.dataSource('casework'),
      await database.dataSource('worker'),
      owner,
    );
  }

  /** An officer of another team, made when first asked for: for them the cases of the desk do not exist. Signs in as `stranger`. */
  stranger(): Promise<SignedInStaff> {
    this.#stranger ??= givenStranger(this.owner, this.institution.supervisor, new Date());
    return this.#stranger;
  }

  /** The use case with which the public door files. */
  fileComplaint(): FileComplaint {
    return new FileComplaint(this.intake, this.institution.secrets, new FilingDesk(this.intake, this.institution.rules));
  }

  /** Files a complaint. @param over what to say instead */
  async filed(over: Partial<FileComplaintInput> = {}): Promise<GivenCase> {
    const filed = await this.fileComplaint().run({
      idempotencyKey: randomUUID(),
      channel: 'web_form',
      complaint: GIVEN_COMPLAINT,
      now: new Date(),
      ...over,
    });
    if (!filed.ok) {
      throw new Error(`the complaint was refused: ${filed.code}`);
    }
    const { reference, receipt } = filed;
    return { reference, receipt, trackId: (await this.track(reference)).id };
  }

  /**
   * A case in a stage of the shipped remedy procedure.
   * @param stage for instance `waiting_for_information`
   * @param over what the complaint says instead, and when everything happens
   */
  async caseIn(stage: string, over: Partial<FileComplaintInput> = {}): Promise<GivenCase> {
    const now = over.now ?? new Date();
    const filed = await this.filed({ ...over, now });
    for (const { action, by, given } of stepsTo(stage, this.institution.companyId, now.toISOString().slice(0, 10))) {
      await this.performed(filed, { ...given, action, actor: this.institution[by], now });
    }
    return filed;
  }

  /** Takes an action that must succeed. @returns the revision afterwards */
  async performed(
    { reference, trackId }: GivenCase,
    over: Pick<PerformActionInput, 'action'> & Partial<PerformActionInput>,
  ): Promise<number> {
    const seenRevision = over.seenRevision ?? (await this.track(reference)).revision;
    const performed = await new PerformAction(this.casework, this.institution.rules).run({
      actor: this.institution.officer,
      reference,
      track: trackId,
      inputs: {},
      now: new Date(),
      ...over,
      seenRevision,
    });
    if (!performed.ok) {
      throw new Error(`${over.action} was refused: ${JSON.stringify(performed.refusal)}`);
    }
    return performed.revision;
  }

  /** The only track of a case, as it is stored. Looked up as the owner, so that the record does not say that anybody opened the case. */
  async track(reference: string): Promise<Track> {
    const file = await findCaseByReference(this.owner.manager, reference);
    const [track] = file === undefined ? [] : await listTracksOfCase(this.owner.manager, file.id);
    if (track === undefined) {
      throw new Error('there is no such case');
    }
    return track;
  }
}
