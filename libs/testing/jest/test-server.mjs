/** What was started in this process, if anything. */
let server;

/**
 * The URL of a PostgreSQL to test with: `RECOURSE_TEST_DATABASE_URL` (its databases named recourse_test_… and recourse_template_… are ours, and the
 * passwords of the three roles are set), or a server of our own that ends with the run.
 * @returns {Promise<string>} URL of the owner, on the maintenance database
 */
export async function startTestServer() {
  const given = process.env.RECOURSE_TEST_DATABASE_URL;
  if (given !== undefined) return given;
  throw new Error('no embedded server yet');
}

/** Stops the server, if one was started; may be called more than once. */
export async function stopTestServer() {
  const running = server;
  server = undefined;
  await running?.stop();
}
