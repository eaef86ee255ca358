import { createServer } from 'node:net';
import { ExpectedFailure } from '../expected-failure.mjs';

const ports = [
  ['RECOURSE_INTAKE_PORT', '3000', 'the public door'],
  ['RECOURSE_CASEWORK_PORT', '3001', 'the rooms of the staff'],
  ['RECOURSE_WORKER_PORT', '3002', 'the worker'],
];

/**
 * Says which ports are taken, and by which setting to choose others, before anything is started.
 * @param {Record<string, string>} settings
 */
export async function checkPorts(settings) {
  const host = settings.RECOURSE_HOST || '127.0.0.1';
  const problems = [];
  /** @type {Map<number, string>} */
  const chosen = new Map();
  for (const [name, usual, whose] of /** @type {[string, string, string][]} */ (ports)) {
    const port = Number(settings[name] || usual);
    const same = chosen.get(port);
    if (same) problems.push(`${same} and ${name} are both ${port}. Set one of them to another port.`);
    chosen.set(port, name);
    const code = await tryPort(port, host);
    if (code)
      problems.push(
        `Port ${port} for ${whose} ${code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${code})`}. Set ${name} to another one, for example ${name}=${port + 1000}.`,
      );
  }
  if (problems.length > 0) throw new ExpectedFailure(problems.join('\n'));
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>} the error code, or nothing when the port is free
 */
function tryPort(port, host) {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error) => done(/** @type {NodeJS.ErrnoException} */ (error).code ?? 'error'));
    // A port that the settings would refuse is for the process to complain about.
    if (!(port > 0 && port < 65_536)) return done(undefined);
    server.listen(port, host, () => server.close(() => done(undefined)));
  });
}
