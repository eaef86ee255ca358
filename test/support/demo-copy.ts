import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testSystemFolder, waitFor } from '@recourse/testing';

/**
 * Fills a data folder with a demo workspace that was never used. Making one files ten complaints through the use cases and takes a machine of two cores
 * eight seconds: it is made once for a run, by whoever asks first. Everything that is in it is as the first start left it, secrets included.
 * @param dataDir of the new house; empty
 * @param make makes a workspace in the folder that it is given, with its secrets beside it, and stops everything again
 * @throws Error when it could not be made
 */
export async function copyDemo(dataDir: string, make: (folder: string) => Promise<void>): Promise<void> {
  const [demo, failed] = ['demo', 'failed'].map((name) => join(testSystemFolder(), name)) as [string, string];
  if (isFirst(join(testSystemFolder(), 'making'))) await makeOnce(demo, failed, make);
  else await waitFor('somebody has made the demo workspace', () => existsSync(demo) || existsSync(failed), 170_000);
  if (!existsSync(demo)) throw new Error('The demo workspace of this run could not be made; the first file that needed it says why.');
  for (const suffix of ['', '-secrets']) copy(`${demo}${suffix}`, `${dataDir}${suffix}`);
}

/** True for one of all processes. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false; // somebody else makes it
  }
}

async function makeOnce(demo: string, failed: string, make: (folder: string) => Promise<void>): Promise<void> {
  const begun = `${demo}-begun`;
  try {
    mkdirSync(begun);
    // As root the account that runs the database has to get through.
    chmodSync(begun, 0o711);
    await make(begun);
    renameSync(`${begun}-secrets`, `${demo}-secrets`);
    renameSync(begun, demo);
  } catch (error) {
    writeFileSync(failed, '');
    throw error;
  }
}

/** With owners and modes: the cluster belongs to the account that runs it. */
function copy(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', `${from}/.`, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`copying the demo workspace failed: ${stderr}`);
}
