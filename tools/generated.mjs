import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ExpectedFailure, report } from './expected-failure.mjs';
import { notificationsPage } from './generated/notifications-page.mjs';
import { permissionsPage } from './generated/permissions-page.mjs';
import { procedurePage } from './generated/procedure-page.mjs';
import { projectRoot } from './install-dependencies.mjs';
import { loadSource } from './load-source.mjs';

/**
 * If two files must agree, one is generated from the other: `node tools/generated.mjs --write` writes them, `--check` compares them.
 * (libs/persistence/schema.sql needs a server: `tools/check/schema.mjs` has its own test compare it.)
 */

/** @typedef {{file: string, generate: () => string | Promise<string>}} GeneratedFile */

const procedureFolder = 'libs/domain/procedures';

/** @returns {GeneratedFile[]} */
function generatedFiles() {
  const procedures = readProcedures();
  const { stateTable, ACTOR_ROLES } = loadSource('libs/domain/src/index.ts');
  return [
    { file: '.env.example', generate: () => loadSource('libs/config/src/index.ts').envExample() },
    { file: 'docs/generated/settings.md', generate: () => loadSource('libs/config/src/index.ts').settingsTable() },
    { file: 'docs/generated/openapi-intake.json', generate: () => loadSource('apps/intake/src/api/openapi-document.ts').openApiText() },
    {
      file: 'docs/generated/openapi-casework.json',
      generate: () => loadSource('apps/casework/src/api/open-api-document.ts').openApiText(),
    },
    ...procedures.map(({ procedure, source }) => ({
      file: `docs/generated/procedures/${procedure.procedure}.md`,
      generate: () => procedurePage(procedure, source),
    })),
    { file: `${procedureFolder}/procedure.schema.json`, generate: procedureSchemaText },
    {
      file: 'docs/generated/permissions.md',
      generate: () =>
        permissionsPage(
          procedures.map(({ procedure }) => ({ procedure, rows: stateTable(procedure) })),
          ACTOR_ROLES,
        ),
    },
    {
      file: 'docs/generated/notifications.md',
      generate: () =>
        notificationsPage(loadSource('libs/notify/src/index.ts').NOTIFICATION_KINDS, join(projectRoot, 'libs/notify/templates')),
    },
  ];
}

/** The format of a procedure, for editors. */
function procedureSchemaText() {
  return `${JSON.stringify(loadSource('libs/domain/src/index.ts').procedureSchema(), null, 2)}\n`;
}

/** The shipped procedures, parsed. */
function readProcedures() {
  const { parseProcedure, formatProblem } = loadSource('libs/domain/src/index.ts');
  return readdirSync(join(projectRoot, procedureFolder))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => {
      const source = `${procedureFolder}/${name}`;
      const parsed = parseProcedure(readFileSync(join(projectRoot, source), 'utf8'), basename(source));
      if (!parsed.ok) throw new ExpectedFailure(parsed.problems.map(formatProblem).join('\n'));
      return { procedure: parsed.procedure, source };
    });
}

/**
 * @param {'--write' | '--check'} mode
 * @returns {Promise<string[]>} the files that were written, or that differ
 */
async function run(mode) {
  const changed = [];
  for (const { file, generate } of generatedFiles()) {
    const path = join(projectRoot, file);
    const text = await generate();
    if (readIfThere(path) === text) continue;
    changed.push(file);
    if (mode === '--check') continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return changed;
}

/**
 * @param {string} path
 * @returns {string | undefined}
 */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function main() {
  const mode = process.argv[2];
  if (mode !== '--write' && mode !== '--check') throw new ExpectedFailure('Usage: node tools/generated.mjs --write | --check');
  const changed = await run(mode);
  if (mode === '--write') process.stdout.write(changed.map((file) => `wrote ${file}\n`).join(''));
  else if (changed.length > 0)
    throw new ExpectedFailure(
      `${changed.map((file) => `${file} is not what its source says.`).join('\n')}\nWrite them with: npm run check -- --write`,
    );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    process.exitCode = report(error);
  });
}
