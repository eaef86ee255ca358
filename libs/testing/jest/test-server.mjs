import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../../tools/embedded-postgres.mjs';

/** What was started in this process, if anything. */
let server;

/**
 * The URL of a PostgreSQL to test with: `RECOURSE_TEST_DATABASE_URL`, or a server of our own that ends with the run and forces nothing to the disk.
 * On a server that is given, databases named `recourse_test_…` and `recourse_template_…` are ours, and the passwords of the three roles are
 * set to those of tests: never name one that anybody works with.
 * @returns {Promise<string>} URL of the owner
 */
export async function startTestServer() {
  const given = process.env.RECOURSE_TEST_DATABASE_URL;
  if (given !== undefined) return given;
  const folder = await mkdtemp(join(tmpdir(), 'recourse-test-postgres-'));
  const postgres = await startEmbeddedPostgres({ dataDir: folder, fast: true });
  server = {
    stop: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return postgres.ownerUrl;
}

/** Stops the server, if one was started; may be called more than once. */
export async function stopTestServer() {
  const running = server;
  server = undefined;
  await running?.stop();
}
