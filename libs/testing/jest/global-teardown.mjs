import { stopTestServer } from './test-server.mjs';

/** Stops what global-setup.mjs started; called once per project. */
export default async function globalTeardown() {
  await stopTestServer();
}
