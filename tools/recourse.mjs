import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { startEmbeddedPostgres } from './embedded-postgres.mjs';
import { report } from './expected-failure.mjs';
import { installDependencies } from './install-dependencies.mjs';
import { loadDotenv } from './start/dotenv.mjs';
import { databaseNeed } from './start/database-need.mjs';
import { allSettings, dataFolder, givenSettings } from './start/environment.mjs';
import { isLauncher, lockDataFolder } from './start/lock.mjs';
import { operateInteractively } from './start/operator.mjs';
import { trainingSettings } from './start/training.mjs';

/** `npm run recourse -- <command>`: on the named database, on the embedded one that `npm start` runs now, or on one started for this command, if it needs one. */
async function main() {
  await installDependencies();
  loadDotenv();
  await build();
  const words = process.argv.slice(2);
  const need = databaseNeed(words);
  if (need === 'never') return operateInteractively(givenSettings(), words);
  if (process.env.RECOURSE_DATABASE_URL) return operateInteractively(allSettings(process.env.RECOURSE_DATABASE_URL), words);
  const running = runningDatabase();
  const training = trainingSettings(dataFolder(), running !== undefined);
  if (running) return operateInteractively({ ...allSettings(running), ...training }, words);
  if (need === 'if_there' && !existsSync(join(dataFolder(), 'postgres'))) return operateInteractively(givenSettings(), words);
  const unlock = lockDataFolder(dataFolder());
  const server = await startEmbeddedPostgres({ dataDir: join(dataFolder(), 'postgres'), takeOver: true });
  try {
    return await operateInteractively({ ...allSettings(server.ownerUrl), ...training }, words);
  } finally {
    await server.stop();
    unlock();
  }
}

function runningDatabase() {
  const note = join(dataFolder(), 'running.json');
  if (!existsSync(note)) return undefined;
  const { pid, ownerUrl } = JSON.parse(readFileSync(note, 'utf8'));
  return isLauncher(pid) ? ownerUrl : undefined;
}

main().then(
  (code) => process.exit(code),
  (error) => process.exit(report(error)),
);
