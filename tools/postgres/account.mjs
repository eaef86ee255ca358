import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { ExpectedFailure } from '../expected-failure.mjs';

/**
 * Who runs PostgreSQL.
 *
 * PostgreSQL refuses to run as root, and initdb also refuses a user id without an entry in the account database (measured: "could
 * not look up effective user ID"). So root lends the server to an account that exists already; nothing is added to the machine.
 * @typedef {{uid: number, gid: number, name: string}} Account
 */

/** Tried in this order: an operator may make an account of that name; `nobody` exists everywhere. */
const preferredNames = ['recourse', 'postgres', 'nobody'];

/** @returns {boolean} whether this process is root (never on Windows) */
export function runsAsRoot() {
  return process.getuid?.() === 0;
}

/**
 * The account for the server, or undefined when the server runs as ourselves.
 * @param {string} [cluster] folder of an existing cluster: its owner comes first, or yesterday's data could not be opened
 * @returns {Account | undefined}
 */
export function serverAccount(cluster) {
  if (!runsAsRoot()) return undefined;
  const accounts = knownAccounts().filter((account) => account.uid !== 0);
  if (cluster !== undefined) {
    const owner = statSync(cluster).uid;
    const sameOwner = accounts.find((account) => account.uid === owner);
    if (sameOwner) return sameOwner;
    throw new ExpectedFailure(
      `The database in ${cluster} belongs to user id ${owner}, which ${owner === 0 ? 'PostgreSQL cannot run as' : 'has no account on this machine'}.\n` +
        `Give the folder to an account that exists: chown -R nobody ${cluster}`,
    );
  }
  for (const name of preferredNames) {
    const account = accounts.find((candidate) => candidate.name === name);
    if (account) return account;
  }
  const anyOther = accounts[0];
  if (anyOther) return anyOther;
  throw new ExpectedFailure(
    'PostgreSQL cannot run as root, and this machine has no other account. Make one (adduser recourse), start as an ordinary user,\n' +
      'or name a server that runs elsewhere in RECOURSE_DATABASE_URL.',
  );
}

/**
 * Whether the account may enter the folder. Asked of the system itself, because modes alone do not know of access lists.
 * @param {Account} account
 * @param {string} folder absolute path
 */
export function canEnter(account, folder) {
  const asked = spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], {
    uid: account.uid,
    gid: account.gid,
    cwd: '/',
    stdio: 'ignore',
  });
  return asked.status === 0;
}

/** @returns {Account[]} */
function knownAccounts() {
  const fromFile = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    // macOS writes -2 for nobody.
    .filter((account) => Number.isInteger(account.uid) && account.uid >= 0);
  return fromFile;
}
