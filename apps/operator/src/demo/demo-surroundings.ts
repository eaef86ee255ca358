import type { FilingSecrets, RuleBook } from '@recourse/cases';
import type { DataSource } from 'typeorm';

/** The database as everybody who acts, and what they work with. */
export interface DemoSurroundings {
  readonly owner: DataSource;
  readonly intake: DataSource;
  readonly casework: DataSource;
  readonly worker: DataSource;
  readonly rules: RuleBook;
  readonly secrets: FilingSecrets;
  readonly now: Date;
}

/** Name space of the keys with which the seed files and writes: the same each time, so that nothing happens twice. */
export const DEMO_NAMESPACE = '6f0cbb1e-5d0e-4c5a-9d52-0b7a3f2f9a10';

/** A filed complaint of the demo. */
export interface LiveCase {
  readonly reference: string;
  readonly receipt: string;
}
