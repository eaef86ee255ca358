import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExpectedFailure } from '../expected-failure.mjs';
import { canEnter, serverAccount } from './account.mjs';

/** @typedef {import('./account.mjs').Account} Account */

/** What root uses when the account that runs PostgreSQL cannot get at the data folder, for instance below /root. */
export const otherPlace = '/var/lib/recourse';

/**
 * Where a cluster lies and who runs it.
 * @typedef {object} Home
 * @property {string} folder holds `cluster`; the data folder itself whenever possible
 * @property {string} cluster PostgreSQL's own data directory
 * @property {boolean} isNew nothing has been initialised yet
 * @property {Account | undefined} account undefined: ourselves
 */

/**
 * Finds yesterday's cluster, or decides where today's will be. A cluster outside its data folder is remembered by a pointer file in
 * that folder, so that moving or copying the folder does not lose sight of it.
 * @param {string} dataDir absolute path; made when missing
 * @param {string} elsewhere folder for a cluster that cannot lie in the data folder
 * @returns {Home}
 */
export function findHome(dataDir, elsewhere) {
  mkdirSync(dataDir, { recursive: true });
  const folder = pointedAt(dataDir) ?? dataDir;
  const cluster = join(folder, 'cluster');
  if (existsSync(cluster)) {
    const account = serverAccount(cluster);
    if (account && !canEnter(account, folder)) {
      throw new ExpectedFailure(
        `The database lies in ${cluster} and belongs to ${account.name}, who cannot enter that folder (any more).\n` +
          `Let ${account.name} pass (chmod o+x on the folders above), or move the whole data folder to a place that it can enter.`,
      );
    }
    return { folder, cluster, isNew: false, account };
  }
  // The password is written when a cluster is complete: there was one. A start that was killed left its unfinished one behind.
  if (existsSync(accessFile(dataDir)) && !existsSync(unfinishedCluster(folder))) {
    throw new ExpectedFailure(
      `The database that should lie in ${cluster} is not there.\n` +
        `Put it back, or delete ${accessFile(dataDir)} and ${pointerFile(dataDir)} to begin with an empty one.`,
    );
  }
  return folder === dataDir ? newHome(dataDir, elsewhere) : { folder, cluster, isNew: true, account: serverAccount() };
}

/**
 * The owner's name and password.
 * @param {string} dataDir
 */
export function accessFile(dataDir) {
  return join(dataDir, 'owner.json');
}

/**
 * Where a cluster is made before it gets its name.
 * @param {string} folder
 */
export function unfinishedCluster(folder) {
  return join(folder, 'cluster.unfinished');
}

/** The same for a database that nobody needs tomorrow. */
export function temporaryPlace() {
  return join(tmpdir(), 'recourse');
}

/**
 * @param {string} dataDir
 * @param {string} elsewhere
 * @returns {Home}
 */
function newHome(dataDir, elsewhere) {
  const account = serverAccount();
  if (account === undefined || canEnter(account, dataDir)) {
    return { folder: dataDir, cluster: join(dataDir, 'cluster'), isNew: true, account };
  }
  const folder = unusedFolder(join(elsewhere, createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16)));
  for (const each of [elsewhere, folder]) {
    mkdirSync(each, { recursive: true });
    // Not by mkdir's mode, which a strict umask would narrow.
    chmodSync(each, 0o755);
  }
  writeFileSync(
    pointerFile(dataDir),
    `${JSON.stringify(
      {
        folder,
        why:
          `PostgreSQL does not run as root; it runs as ${account.name}, and ${account.name} cannot enter this folder. ` +
          'The database is therefore in the folder above. Back it up from there, and delete it there.',
      },
      undefined,
      2,
    )}\n`,
    { flush: true },
  );
  return { folder, cluster: join(folder, 'cluster'), isNew: true, account };
}

/**
 * A cluster whose pointer was deleted is nobody's any more (its password is gone too), but never overwritten.
 * @param {string} wanted
 */
function unusedFolder(wanted) {
  for (let number = 1; ; number += 1) {
    const folder = number === 1 ? wanted : `${wanted}-${number}`;
    if (!existsSync(folder)) return folder;
  }
}

/** @param {string} dataDir */
export function pointerFile(dataDir) {
  return join(dataDir, 'database-is-elsewhere.json');
}

/**
 * @param {string} dataDir
 * @returns {string | undefined}
 */
function pointedAt(dataDir) {
  if (!existsSync(pointerFile(dataDir))) return undefined;
  return JSON.parse(readFileSync(pointerFile(dataDir), 'utf8')).folder;
}

/**
 * Makes a folder that only the account can enter.
 * @param {string} folder
 * @param {Account | undefined} account
 */
export function makePrivateFolder(folder, account) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account) chownSync(folder, account.uid, account.gid);
}
