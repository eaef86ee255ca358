import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { caseworkSettings, type Environment, intakeSettings, operatorSettings, workerSettings } from '@recourse/config';
import { parse } from 'yaml';

/** Nothing here can run a Docker engine, so what can go wrong silently is checked from outside. */

const root = resolve(__dirname, '..');
const dockerfile = readFileSync(join(root, 'docker/Dockerfile'), 'utf8').replaceAll(/\\\n/g, ' ').split('\n');
const compose = parse(readFileSync(join(root, 'docker/compose.yaml'), 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  networks: Record<string, unknown>;
  volumes: Record<string, unknown>;
};

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly read_only?: boolean;
  readonly ports?: readonly string[];
}

/** What `docker/new-settings.mjs` prints, as the file docker/.env would give it. */
const made: Readonly<Record<string, string>> = Object.fromEntries(
  spawnSync(process.execPath, [join(root, 'docker/new-settings.mjs')], { encoding: 'utf8' })
    .stdout.trim()
    .split('\n')
    .map((line) => line.split('=') as [string, string]),
);

function service(name: string): Service {
  const found = compose.services[name];
  if (found === undefined) throw new Error(`compose.yaml has no service ${name}`);
  return found;
}

/** What the image itself says: compose adds to it. Of the last stage alone. */
function environmentOfImage(): Environment {
  const last = dockerfile.slice(dockerfile.findLastIndex((line) => line.startsWith('FROM ')));
  const words = last.filter((line) => line.startsWith('ENV ')).flatMap((line) => line.slice('ENV '.length).trim().split(/\s+/));
  return Object.fromEntries(words.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]));
}

/** The environment that compose would give a service: `${NAME:?}` must be made, `${NAME:-default}` may be. */
function environmentOf(name: string): Environment {
  const filled = (text: string) =>
    text.replaceAll(/\$\{(\w+):([?-])([^}]*)\}/g, (_, variable: string, kind: string, fallback: string) => {
      const value = made[variable] ?? (kind === '-' ? fallback : undefined);
      if (value === undefined) throw new Error(`new-settings.mjs makes no ${variable}`);
      return value;
    });
  return Object.fromEntries(Object.entries(service(name).environment ?? {}).map(([key, text]) => [key, filled(text)]));
}

const instructions = (word: string) =>
  dockerfile.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1).trim());

describe('the compose file', () => {
  it.each([
    ['intake', intakeSettings],
    ['casework', caseworkSettings],
    ['worker', workerSettings],
    ['operator', operatorSettings],
    ['migrate', operatorSettings],
  ] as const)('gives %s settings that it accepts, and no secret of another', (name, read) => {
    const settings = read({ ...environmentOfImage(), ...environmentOf(name) });
    expect(settings.mode).toBe('production');
    expect(settings.dataDir).toBe('/data');
    expect(settings.databaseUrl).toMatch(/^postgres:\/\/recourse_\w+:[0-9a-f]{64}@postgres:5432\/recourse$/);
  });

  it.each(['intake', 'casework', 'worker'])('gives %s only settings that this process reads', (name) => {
    const declared = readFileSync(join(root, 'docs/generated/settings.md'), 'utf8').split('\n');
    for (const setting of Object.keys({ ...environmentOfImage(), ...environmentOf(name) }).filter((one) => one.startsWith('RECOURSE_'))) {
      expect(declared.find((line) => line.startsWith(`| \`${setting}\` `))).toContain(name);
    }
  });

  it('starts programs that are built', () => {
    const programs = Object.values(compose.services)
      .filter(({ image }) => image === 'recourse')
      .flatMap(({ command = [], entrypoint = [] }) => [...entrypoint, ...command].filter((word) => word.startsWith('dist/')));
    expect(programs).toHaveLength(5);
    for (const program of programs) expect(existsSync(join(root, program.replace('dist/', '').replace('.js', '.ts')))).toBe(true);
  });

  it('names networks, volumes and services that exist', () => {
    for (const { networks, volumes = [], depends_on: others = {} } of Object.values(compose.services)) {
      expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining([...networks]));
      expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(volumes.map((volume) => volume.split(':')[0])));
      expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(Object.keys(others)));
    }
  });

  it('keeps the public door away from the queue, and everything but the doors away from the outside', () => {
    expect(service('intake').networks).not.toContain('queue');
    expect(service('worker').ports).toBeUndefined();
    for (const { ports = [] } of Object.values(compose.services)) {
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
  });

  it('fixes the version of every foreign image', () => {
    for (const { image } of Object.values(compose.services)) {
      if (image !== 'recourse') expect(image).toMatch(/:v?\d/);
    }
  });
});

describe('the image', () => {
  it('does not run as root', () => {
    expect(instructions('USER').at(-1)).toBe('node');
    expect(dockerfile.findIndex((line) => line.startsWith('USER'))).toBeLessThan(
      dockerfile.findIndex((line) => line.startsWith('ENTRYPOINT')),
    );
  });

  it('is made from a Node that package.json allows, of a fixed version', () => {
    for (const image of instructions('FROM')) expect(Number(/^node:(\d+)-/.exec(image)?.[1])).toBeGreaterThanOrEqual(22);
  });

  it('copies what exists, and takes along every folder that is read at run time', () => {
    const copied = instructions('COPY').flatMap((line) =>
      line
        .replace(/^--from=build /, '')
        .split(' ')
        .slice(0, -1),
    );
    const missing = copied
      .map((path) => path.replace(/^\/recourse\//, ''))
      .filter((path) => !['.', 'dist', 'node_modules'].includes(path) && !existsSync(join(root, path)));
    expect(missing).toEqual([]);
    expect(copied).toEqual(expect.arrayContaining(['/recourse/apps', '/recourse/libs', '/recourse/dist', '/recourse/package.json']));
  });

  it('has nothing of the developer in its context', () => {
    const ignored = readFileSync(join(root, 'docker/Dockerfile.dockerignore'), 'utf8').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.git', 'node_modules', 'var', '**/*-secrets', '.env']));
  });
});
