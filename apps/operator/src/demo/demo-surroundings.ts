import { createHash } from 'node:crypto';
import type { FilingSecrets, RuleBook } from '@recourse/cases';
import type { DataSource } from 'typeorm';
import { v4 } from 'uuid';

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

/**
 * The key with which a complaint of the demo is filed: the same each time, of the kind that the public door takes. Whoever reads this program can guess it,
 * and may: everything in a demo is invented, and its receipts are printed.
 */
export function filingKeyOf(code: string): string {
  return v4({ random: createHash('sha256').update(`${DEMO_NAMESPACE} ${code}`).digest().subarray(0, 16) });
}

/** A filed complaint of the demo. */
export interface LiveCase {
  readonly reference: string;
  readonly receipt: string;
}
