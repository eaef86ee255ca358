import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from './build.mjs';
import { startEmbeddedPostgres } from './embedded-postgres.mjs';
import { ExpectedFailure, report } from './expected-failure.mjs';
import { installDependencies } from './install-dependencies.mjs';
import { startOrphanGuard } from './orphan-guard.mjs';
import { loadDotenv } from './start/dotenv.mjs';
import { allSettings, checkSettings, dataFolder, environmentOf } from './start/environment.mjs';
import { lockDataFolder } from './start/lock.mjs';
import { operate } from './start/operator.mjs';
import { checkPorts } from './start/ports.mjs';
import { say, supervise } from './start/supervisor.mjs';
import { demoFile, refuseDemo } from './start/demo.mjs';
import { checkFolder, prepareEnvironment, readPace, startTraining, trainingSettings } from './start/training.mjs';

/** @typedef {import('./embedded-postgres.d.mts').EmbeddedPostgres} EmbeddedPostgres */

/** What has to be undone at the end, the last one first. @type {(() => void | Promise<void>)[]} */
const undo = [];
/** @type {Promise<void> | undefined} */
let stopping;

/** `npm start`: from a fresh clone to a running mechanism. */
async function main() {
  const pace = readPace(process.argv.slice(2));
  await installDependencies();
  loadDotenv();
  prepareEnvironment(process.env, pace);
  await build();
  const dataDir = dataFolder();
  undo.push(lockDataFolder(dataDir));
  checkFolder(dataDir, pace);
  if (!process.env.RECOURSE_DATABASE_URL) refuseDemo(dataDir, process.env.RECOURSE_MODE);
  await checkSettings(allSettings(process.env.RECOURSE_DATABASE_URL || 'postgres://owner@127.0.0.1/recourse'));
  await checkPorts(/** @type {Record<string, string>} */ (process.env));
  const guard = startOrphanGuard();
  const isEmbedded = !process.env.RECOURSE_DATABASE_URL;
  const ownerUrl = isEmbedded ? await startDatabase(dataDir, guard) : process.env.RECOURSE_DATABASE_URL;
  const settings = allSettings(/** @type {string} */ (ownerUrl));
  if (stopping) return;
  await prepare({ ...settings, ...trainingSettings(dataDir, false) }, dataDir, isEmbedded);
  if (stopping) return;
  if (pace !== undefined) letTimePass(settings, dataDir, pace);
  for (const name of /** @type {const} */ (['worker', 'intake', 'casework'])) {
    const environment = await environmentOf(settings, name);
    if (stopping) return;
    const process_ = supervise(name, environment, guard);
    undo.push(() => process_.stop());
  }
  await untilReady(settings);
  if (!stopping) greet(settings, dataDir, pace);
}

/**
 * Brings the database up to date and, on the first start of an embedded one, fills it with the demo workspace.
 * @param {Record<string, string>} settings
 * @param {string} dataDir
 * @param {boolean} isEmbedded
 */
async function prepare(settings, dataDir, isEmbedded) {
  await operate(settings, 'migrate');
  if (!isEmbedded || settings.RECOURSE_MODE === 'production') return;
  const demo = demoFile(dataDir);
  if (existsSync(demo)) return;
  process.stdout.write('Making the demo workspace …\n');
  const told = await operate(settings, 'seed-demo');
  writeFileSync(demo, told, { mode: 0o600 });
}

/**
 * The embedded server. When it ends by itself it is started again on the same port, and the processes find it by themselves.
 * @param {string} dataDir
 * @param {import('./orphan-guard.mjs').OrphanGuard} guard
 */
async function startDatabase(dataDir, guard) {
  const options = { dataDir: join(dataDir, 'postgres'), takeOver: true, guard };
  let server = await startEmbeddedPostgres(options);
  const { port } = server;
  const note = join(dataDir, 'running.json');
  writeFileSync(note, JSON.stringify({ pid: process.pid, ownerUrl: server.ownerUrl }), { mode: 0o600 });
  undo.push(async () => {
    rmSync(note, { force: true });
    await server.stop();
  });
  const watch = (/** @type {EmbeddedPostgres} */ one) =>
    one.onExit(async () => {
      for (let pause = 200; !stopping; pause = Math.min(pause * 2, 10_000)) {
        say('database', `ended by itself; it is started again in ${pause / 1000} s.`);
        await wait(pause);
        try {
          server = await startEmbeddedPostgres({ ...options, port });
          return watch(server);
        } catch (error) {
          say('database', error instanceof Error ? error.message : String(error));
        }
      }
    });
  watch(server);
  return server.ownerUrl;
}

/**
 * From here on case time passes. The sweep looks every second: a minute of the machine is a day.
 * @param {Record<string, string>} settings changed
 * @param {string} dataDir
 * @param {number} pace
 */
function letTimePass(settings, dataDir, pace) {
  const training = startTraining(dataDir, pace);
  undo.push(() => training.stop());
  settings.RECOURSE_TRAINING_CLOCK = training.setting;
  settings.RECOURSE_SWEEP_SECONDS ??= '1';
}

/** @param {Record<string, string>} settings */
async function untilReady(settings) {
  const deadline = Date.now() + 120_000;
  for (const [name, usual] of /** @type {const} */ ([
    ['INTAKE', 3000],
    ['CASEWORK', 3001],
    ['WORKER', 3002],
  ])) {
    const address = `http://${settings.RECOURSE_HOST ?? '127.0.0.1'}:${settings[`RECOURSE_${name}_PORT`] ?? usual}/health/ready`;
    while (!(await isReady(address))) {
      if (stopping) return;
      if (Date.now() > deadline) throw new ExpectedFailure(`The ${name.toLowerCase()} process does not get ready; see its messages above.`);
      await wait(150);
    }
  }
}

/**
 * A new installation runs before it can take complaints: its keys and its desk are made while it does.
 * @param {string} address
 */
async function isReady(address) {
  try {
    const answer = await fetch(address);
    if (answer.ok) return true;
    const { checks } = await answer.json();
    return 'filing' in checks && Object.entries(checks).every(([name, state]) => state === 'ok' || name === 'filing');
  } catch {
    return false; // not listening yet
  }
}

/**
 * @param {Record<string, string>} settings
 * @param {string} dataDir
 * @param {number | undefined} pace
 */
function greet(settings, dataDir, pace) {
  const lines = [
    '',
    'Recourse runs.',
    `  Public door   ${settings.RECOURSE_PUBLIC_URL}`,
    `  Casework      ${settings.RECOURSE_CASEWORK_URL}`,
    ...(pace === undefined
      ? []
      : ['', `Training: here a day passes in ${Math.round(86_400 / pace)} seconds. Stopped, its time stands still.`]),
  ];
  const demo = demoFile(dataDir);
  if (existsSync(demo) && settings.RECOURSE_MODE !== 'production') {
    const { signIns = [], receipts = [] } = JSON.parse(readFileSync(demo, 'utf8'));
    lines.push('', 'Demo sign-ins (invented people, invented cases):');
    for (const { signInName, password, role } of signIns) lines.push(`  ${signInName.padEnd(26)} ${password.padEnd(26)} ${role}`);
    if (receipts.length > 0) lines.push('', 'Two demo receipts, to come back with:');
    for (const { receipt, reference } of receipts) lines.push(`  ${receipt.replace(/\d{4}(?=\d)/g, '$& ')}   (${reference})`);
  }
  if (settings.RECOURSE_MODE === 'production' || !existsSync(demo)) {
    lines.push('', 'A new installation takes complaints once its keys and its desk are made: npm run recourse -- help setup');
  }
  lines.push('', 'Ctrl-C stops everything.', '');
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Everything that was started, in the opposite order; asked twice, the second one waits for the same end. */
function stop() {
  stopping ??= (async () => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  })();
  return stopping;
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    stop().then(
      () => process.exit(0),
      (error) => process.exit(report(error)),
    );
  });
}

main().catch(async (error) => {
  // What breaks while everything is being stopped breaks because of that; the signal's own handler ends the process.
  if (stopping) return;
  const code = report(error);
  await stop();
  process.exit(code);
});
