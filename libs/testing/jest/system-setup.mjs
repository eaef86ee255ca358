import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder in which the system tests keep what they make once for a whole run; workers inherit its path. */
export default function systemSetup() {
  const folder = mkdtempSync(join(tmpdir(), 'recourse-system-'));
  // The account that runs the database when the tests run as root has to get through; the files inside have modes of their own.
  chmodSync(folder, 0o711);
  process.env.RECOURSE_TEST_SYSTEM_DIR = folder;
}
