import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { startEmbeddedPostgres } from './embedded-postgres.mjs';
import { ExpectedFailure, report } from './expected-failure.mjs';
import { installDependencies, projectRoot } from './install-dependencies.mjs';

/**
 * `npm run bench`: the built programs under load, on a PostgreSQL of their own. `-- --full` measures the bigger figures too, `-- submit clocks` these
 * parts alone. The exit code is 1 when something was lost or done twice; what is slow is told and no failure, because machines differ.
 */
async function main() {
  await installDependencies();
  await build();
  // Needs a package, which is there only now.
  const { loadSource } = await import('./load-source.mjs');
  const { partNames, runBench } = loadSource('test/bench/run.ts');
  const { asJson, hardMisses, table } = loadSource('test/bench/measurement.ts');
  const words = process.argv.slice(2);
  const only = words.filter((word) => word !== '--full');
  const unknown = only.filter((word) => !partNames.includes(word));
  if (unknown.length > 0) throw new ExpectedFailure(`Usage: npm run bench -- [--full] [${partNames.join('] [')}]`);
  const began = Date.now();
  const tell = (/** @type {string} */ line) => process.stderr.write(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);
  const choices = { isFull: words.includes('--full'), ...(only.length > 0 ? { only } : {}) };
  // Programs, server and folder are taken away before it ends; a second signal ends it at once.
  const interrupted = new AbortController();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.once(signal, () => interrupted.abort(new ExpectedFailure('Interrupted: nothing was measured to its end.')));
  const measurements = await runBench(choices, startEmbeddedPostgres, tell, interrupted.signal);
  const about = {
    measuredAt: new Date().toISOString(),
    node: process.version,
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
  };
  const json = asJson(measurements, about);
  process.stdout.write(`${table(measurements)}\n\n${json}\n`);
  const folder = join(projectRoot, 'var');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'bench.json'), `${json}\n`);
  tell('done');
  process.exitCode = hardMisses(measurements).length > 0 ? 1 : 0;
}

main().catch((error) => {
  process.exitCode = report(error);
});
