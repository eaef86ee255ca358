import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ExpectedFailure } from '../expected-failure.mjs';

/**
 * The note of a demo workspace: its sign-ins and receipts.
 * @param {string} dataDir
 */
export function demoFile(dataDir) {
  return join(dataDir, 'demo.json');
}

/**
 * Refuses production where the embedded database is a demo, before anything is started. The database itself says so too (`demo_mark`), to every process.
 * @param {string} dataDir
 * @param {string | undefined} mode the setting RECOURSE_MODE
 */
export function refuseDemo(dataDir, mode) {
  if (mode !== 'production' || !existsSync(demoFile(dataDir))) return;
  throw new ExpectedFailure(
    `RECOURSE_MODE is production, and ${dataDir} is a demo workspace, whose passwords everybody can read. Nothing of a demo becomes real: choose another, empty folder with RECOURSE_DATA_DIR, or name a database of your own with RECOURSE_DATABASE_URL.`,
    78,
  );
}
