/**
 * Prints the secrets of a new installation for docker/compose.yaml, each made now and nowhere kept:
 *
 *     node docker/new-settings.mjs > docker/.env
 */
import { randomBytes } from 'node:crypto';

const names = [
  'OWNER_DATABASE_PASSWORD',
  'INTAKE_DATABASE_PASSWORD',
  'CASEWORK_DATABASE_PASSWORD',
  'WORKER_DATABASE_PASSWORD',
  'RECOURSE_RECEIPT_PEPPER',
  'RECOURSE_RECEIPT_SECRET',
  'RECOURSE_INTAKE_SECRET',
  'RECOURSE_CASEWORK_SECRET',
  'RECOURSE_WORKER_SECRET_KEY',
];

for (const name of names) process.stdout.write(`${name}=${randomBytes(32).toString('hex')}\n`);
