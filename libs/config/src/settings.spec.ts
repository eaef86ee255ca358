import { inspect } from 'node:util';
import { declaredSettings } from './declarations';
import { projectRoot } from './project-root';
import { type Environment } from './read-settings';
import { caseworkSettings, intakeSettings, operatorSettings, settingNames, workerSettings } from './settings';
import { envExample, settingsTable } from './settings-documents';
import { SettingsError } from './settings-error';

const aKey = 'ab'.repeat(32);
const intakeEnv = {
  RECOURSE_INTAKE_DATABASE_URL: 'postgres://recourse_intake:swordfish@db.example/recourse',
  RECOURSE_RECEIPT_PEPPER: aKey,
  RECOURSE_RECEIPT_SECRET: aKey,
  RECOURSE_INTAKE_SECRET: aKey,
};
const workerEnv = {
  RECOURSE_WORKER_DATABASE_URL: 'postgres://recourse_worker:swordfish@db.example/recourse',
  RECOURSE_WORKER_SECRET_KEY: aKey,
};
const caseworkEnv = {
  RECOURSE_CASEWORK_DATABASE_URL: 'postgres://recourse_casework:swordfish@db.example/recourse',
  RECOURSE_CASEWORK_SECRET: aKey,
};
const operatorEnv = { RECOURSE_DATABASE_URL: 'postgres://owner:swordfish@db.example/recourse' };

function mistakes(read: (env: Environment) => unknown, env: Environment): readonly string[] {
  try {
    read(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.map(({ message }) => message);
    throw error;
  }
  return [];
}

describe('the settings of a process', () => {
  it('are typed values with their defaults', () => {
    const settings = intakeSettings(intakeEnv);
    expect(settings).toMatchObject({ mode: 'production', port: 3000, host: '127.0.0.1', languages: ['en', 'ar'], formHours: 24 });
    expect(settings.messagesPerCase).toEqual({ aDay: 50, inAll: 2_000 });
    expect(settings.receiptPepper).toEqual(Buffer.alloc(32, 0xab));
    expect(settings.dataDir).toBe(`${projectRoot}/var`);
    expect(settings.databaseUrl).toContain('recourse_intake');
    expect(settings.institutionWebsite).toBeUndefined();
  });

  it('are frozen', () => {
    const settings = workerSettings(workerEnv);
    expect(() => Object.assign(settings, { port: 1 })).toThrow(TypeError);
    expect(() => (settings.languages as string[]).push('xx')).toThrow(TypeError);
  });

  it('hold nothing that another process alone may know', () => {
    expect(Object.keys(intakeSettings(intakeEnv))).not.toContain('secretKey');
    expect(Object.keys(workerSettings(workerEnv))).not.toContain('receiptPepper');
  });

  it('put evidence into the data folder unless told otherwise', () => {
    expect(intakeSettings({ ...intakeEnv, RECOURSE_DATA_DIR: '/srv/recourse' }).evidenceDir).toBe('/srv/recourse/evidence');
    expect(intakeSettings({ ...intakeEnv, RECOURSE_EVIDENCE_DIR: '/mnt/evidence' }).evidenceDir).toBe('/mnt/evidence');
  });

  it('count an empty value as absent', () => {
    expect(workerSettings({ ...workerEnv, RECOURSE_REDIS_URL: '', RECOURSE_WORKER_PORT: ' ' })).toMatchObject({
      redisUrl: undefined,
      port: 3002,
    });
  });

  it('cut the slash from the end of a web address', () => {
    expect(intakeSettings({ ...intakeEnv, RECOURSE_PUBLIC_URL: 'https://complaints.example.org/' }).publicUrl).toBe(
      'https://complaints.example.org',
    );
  });

  it('let the operator do without the secrets of the others', () => {
    expect(operatorSettings(operatorEnv).receiptPepper).toBeUndefined();
    expect(operatorSettings({ ...operatorEnv, ...workerEnv }).workerSecretKey).toEqual(Buffer.alloc(32, 0xab));
  });
});

describe('mistakes in the settings', () => {
  it('are all told at once, each with its name', () => {
    const found = mistakes(intakeSettings, {
      ...intakeEnv,
      RECOURSE_INTAKE_PORT: '300O',
      RECOURSE_RECEIPT_PEPPER: undefined,
      RECOURSE_LANGAUGES: 'en',
    });
    expect(found).toHaveLength(3);
    expect(found.join('\n')).toMatch(/RECOURSE_LANGAUGES is not a setting\. Did you mean RECOURSE_LANGUAGES\?/);
    expect(found.join('\n')).toMatch(/RECOURSE_INTAKE_PORT is "300O"; expected a whole number from 1 to 65535\./);
    expect(found.join('\n')).toMatch(/RECOURSE_RECEIPT_PEPPER is missing\./);
  });

  it.each([
    ['RECOURSE_MODE', 'prod', 'one of development, production, test'],
    ['RECOURSE_PUBLIC_URL', 'localhost:3000', 'http:// or https://'],
    ['RECOURSE_TIME_ZONE', 'Mars/Olympus', 'IANA time zone'],
    ['RECOURSE_LANGUAGES', 'en,en', 'language codes'],
    ['RECOURSE_LANGUAGES', 'en,xx', 'languages that there are: ar, en'],
    ['RECOURSE_FORM_HOURS', '-1', 'a whole number from 1 to 168'],
    ['RECOURSE_FORM_HOURS', '1e1', 'a whole number from 1 to 168'],
    ['RECOURSE_CASE_MESSAGES', '19/2000', 'at least 20 a day'],
    ['RECOURSE_CASE_MESSAGES', '50/49', 'no fewer in all'],
    ['RECOURSE_CASE_MESSAGES', '50', 'two whole numbers like 20/200'],
    ['RECOURSE_INSTITUTION_NAME', 'two\nlines', 'one line of text'],
    ['RECOURSE_INTAKE_DATABASE_URL', 'mysql://a@b/c', 'postgres://'],
  ])('%s=%s is refused', (name, value, expected) => {
    expect(mistakes(intakeSettings, { ...intakeEnv, [name]: value })).toEqual([expect.stringContaining(expected)]);
  });

  it.each(['0.0.0.0/0', '0.0.0.0/1', '10.0.0.0/7', '::/0', '2000::/15', '::ffff:0.0.0.0/96', 'loopback,128.0.0.0/2'])(
    'RECOURSE_TRUSTED_PROXIES=%s trusts half the world and is refused',
    (proxies) => {
      expect(mistakes(caseworkSettings, { ...caseworkEnv, RECOURSE_TRUSTED_PROXIES: proxies })).toEqual([
        expect.stringContaining('no wider than /8 (IPv4) or /16 (IPv6)'),
      ]);
    },
  );

  it.each(['loopback', '10.0.0.0/8', 'fd00::/16', '192.0.2.7', '::ffff:10.0.0.0/104'])(
    'RECOURSE_TRUSTED_PROXIES=%s is taken',
    (proxies) => {
      expect(mistakes(caseworkSettings, { ...caseworkEnv, RECOURSE_TRUSTED_PROXIES: proxies })).toEqual([]);
    },
  );

  it('let no training clock into production', () => {
    const clock = '1440 since 2026-11-24T09:00:00.000Z from 2027-02-01T12:00:00.000Z';
    const training = { ...workerEnv, RECOURSE_TRAINING_CLOCK: clock };
    const refusal = 'RECOURSE_TRAINING_CLOCK is for training alone, and RECOURSE_MODE is production: real cases go by the real time.';
    expect(mistakes(workerSettings, { ...training, RECOURSE_MODE: 'production' })).toEqual([refusal]);
    expect(mistakes(workerSettings, training)).toEqual([refusal]);
    expect(mistakes(workerSettings, { ...training, RECOURSE_MODE: 'prod' })).toContain(refusal);
    expect(workerSettings({ ...training, RECOURSE_MODE: 'development' }).trainingTime).toEqual({
      pace: 1_440,
      startedAt: new Date('2026-11-24T09:00:00Z'),
      shows: new Date('2027-02-01T12:00:00Z'),
    });
  });

  it.each([
    '1440',
    '-1 since 2026-11-24T09:00:00Z from 2027-02-01T12:00:00Z',
    '86401 since 2026-11-24T09:00:00Z from 2027-02-01T12:00:00Z',
    '1 since yesterdayZ from 2027-02-01T12:00:00Z',
  ])('a training clock of %p is refused', (clock) => {
    const env = { ...workerEnv, RECOURSE_MODE: 'development', RECOURSE_TRAINING_CLOCK: clock };
    expect(mistakes(workerSettings, env)).toEqual([expect.stringContaining('expected what `npm start -- --clock` sets')]);
  });

  it('in the prefix are found too', () => {
    expect(mistakes(workerSettings, { ...workerEnv, RECOURCE_WORKER_PORT: '1' })).toEqual([
      'RECOURCE_WORKER_PORT is not a setting. Did you mean RECOURSE_WORKER_PORT?',
    ]);
    expect(mistakes(workerSettings, { ...workerEnv, RECOUSE_MODE: 'production' })).toEqual([
      'RECOUSE_MODE is not a setting. Did you mean RECOURSE_MODE?',
    ]);
  });

  it('far from every name are told without a guess', () => {
    expect(mistakes(workerSettings, { ...workerEnv, RECOURSE_COLOUR_OF_THE_DOOR: 'teal' })).toEqual([
      'RECOURSE_COLOUR_OF_THE_DOOR is not a setting.',
    ]);
  });

  it('never show the value of a secret', () => {
    const secret = 'correct-horse-battery';
    const found = mistakes(intakeSettings, {
      ...intakeEnv,
      RECOURSE_RECEIPT_PEPPER: secret,
      RECOURSE_INTAKE_DATABASE_URL: `postgres//x:${secret}@h/d`,
    });
    expect(found).toHaveLength(2);
    expect(found.join()).not.toContain(secret);
  });

  it('include knowing what another process alone may know', () => {
    expect(mistakes(intakeSettings, { ...intakeEnv, RECOURSE_WORKER_SECRET_KEY: aKey })).toEqual([
      expect.stringMatching(/RECOURSE_WORKER_SECRET_KEY is a secret of worker and operator; intake must not know it/),
    ]);
    expect(
      mistakes(caseworkSettings, { RECOURSE_CASEWORK_DATABASE_URL: 'postgres://a:b@c/d', RECOURSE_CASEWORK_SECRET: aKey, ...workerEnv }),
    ).toHaveLength(2);
  });

  it('do not include names of the tests, of other programs or of other processes', () => {
    const env = { ...intakeEnv, RECOURSE_TEST_REDIS_URL: 'redis://x', PATH: '/bin', RECORD: '1', RECOURSE_SWEEP_SECONDS: '15' };
    expect(mistakes(intakeSettings, env)).toEqual([]);
  });
});

describe('a settings object that is logged by accident', () => {
  it.each([
    ['JSON', (settings: unknown) => JSON.stringify(settings)],
    ['inspect', (settings: unknown) => inspect(settings, { depth: 5 })],
  ])('shows no secret in %s', (_, show) => {
    const shown = show(intakeSettings({ ...intakeEnv, RECOURSE_RECEIPT_PEPPER: 'cd'.repeat(32) }));
    expect(shown).toContain('timeanddate');
    expect(shown).not.toMatch(/swordfish|cdcd|cd cd|205/);
  });
});

describe('the documents', () => {
  it('name every setting with a sentence, and no secret that would work', () => {
    for (const [name, { says }] of declaredSettings) {
      expect(envExample()).toContain(`# ${name}=`);
      expect(settingsTable()).toContain(`\`${name}\``);
      expect(says).toMatch(/\.$/);
    }
    expect(envExample()).not.toMatch(/[0-9a-f]{64}/);
  });

  it('give an example that a process accepts', () => {
    for (const [, { type, absent }] of declaredSettings) {
      const shown = absent.kind === 'default' ? absent.text : type.example;
      expect(type.read(shown, { baseFolder: '/' })).toMatchObject({ ok: true });
    }
  });

  it('of who is given what is what a launcher passes', () => {
    expect(settingNames('worker')).toContain('RECOURSE_SMTP_URL');
    expect(settingNames('intake')).not.toContain('RECOURSE_DATABASE_URL');
  });
});
