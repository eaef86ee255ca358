import { startTestServer } from './test-server.mjs';

/** Starts the PostgreSQL of the run once, for the integration and the http project together; workers inherit its URL. */
export default async function globalSetup() {
  process.env.RECOURSE_TEST_SERVER_URL ??= await startTestServer();
}
