import {
  address,
  allowance,
  folder,
  key,
  languages,
  oneOf,
  port,
  proxies,
  sender,
  type SettingType,
  text,
  timeZone,
  trainingTime,
  webAddress,
  wholeNumber,
} from './setting-type';

/** The programs that have settings. */
export type ProcessName = 'intake' | 'casework' | 'worker' | 'operator';

/**
 * What holds when a setting is absent.
 * - `default`: the text, read like a given one; `in_data_dir`: the folder of that name in the data folder
 * - `optional`: the value is undefined
 * - `required`: the process does not start; `required_by_servers`: the same, but the operator can do without (the value is undefined)
 */
export type Absent =
  { readonly kind: 'default' | 'in_data_dir'; readonly text: string } | { readonly kind: 'optional' | 'required' | 'required_by_servers' };

/** One setting, as declared. */
export interface Declaration<T = unknown, Given extends Partial<Record<ProcessName, string>> = Partial<Record<ProcessName, string>>> {
  readonly type: SettingType<T>;
  readonly absent: Absent;
  /** Which programs get it, each under which property of its settings object. */
  readonly givenTo: Given;
  /** Whether its value may never be shown; a process that is given another's secret refuses to start. */
  readonly isSecret: boolean;
  /** Whether a process in production that is given it refuses to start. */
  readonly isForTraining?: boolean;
  /** One or two sentences for the operator. */
  readonly says: string;
}

type Given = Partial<Record<ProcessName, string>>;
interface Details<G extends Given> {
  readonly givenTo: G;
  readonly isSecret?: boolean;
  readonly isForTraining?: boolean;
  readonly says: string;
}

const byDefault = <T, const G extends Given>(type: SettingType<T>, value: string, details: Details<G>) =>
  ({ type, absent: { kind: 'default', text: value }, isSecret: false, ...details }) as const;
const inDataDir = <const G extends Given>(name: string, details: Details<G>) =>
  ({ type: folder, absent: { kind: 'in_data_dir', text: name }, isSecret: false, ...details }) as const;
const requiredByServers = <T, const G extends Given>(type: SettingType<T>, details: Details<G>) =>
  ({ type, absent: { kind: 'required_by_servers' }, isSecret: false, ...details }) as const;
const required = <T, const G extends Given>(type: SettingType<T>, details: Details<G>) =>
  ({ type, absent: { kind: 'required' }, isSecret: false, ...details }) as const;
const optional = <T, const G extends Given>(type: SettingType<T>, details: Details<G>) =>
  ({ type, absent: { kind: 'optional' }, isSecret: false, ...details }) as const;

/** The same property in all four programs, or in the three that serve. */
const everybody = <const K extends string>(property: K) =>
  ({ intake: property, casework: property, worker: property, operator: property }) as const;
const servers = <const K extends string>(property: K) => ({ intake: property, casework: property, worker: property }) as const;

const database = address('postgres://role:password@host:5432/recourse', 'postgres', 'postgresql');

/**
 * Every setting of Recourse, once. `.env.example`, docs/generated/settings.md, the settings objects and their types are made from this.
 * The order is the order of the documentation.
 */
export const declarations = {
  RECOURSE_MODE: byDefault(oneOf('development', 'production', 'test'), 'production', {
    givenTo: everybody('mode'),
    says: 'In production there is no demo workspace, a database that was one is refused, and an error page says nothing about the error. `npm start` chooses development unless told otherwise.',
  }),
  RECOURSE_DATA_DIR: byDefault(folder, 'var', {
    givenTo: everybody('dataDir'),
    says: 'Holds what is not in the database: the embedded database, evidence, mail that was not sent by SMTP. A relative folder starts at the root of the project.',
  }),
  RECOURSE_SECRETS_DIR: optional(folder, {
    givenTo: {},
    says: 'Where `npm start` keeps the secrets that it makes on the first start. Absent: beside the data folder, in one whose name ends in `-secrets`. Never copy both folders to one place.',
  }),
  RECOURSE_LOG_LEVEL: byDefault(oneOf('error', 'warn', 'log', 'debug'), 'log', {
    givenTo: everybody('logLevel'),
    says: 'How much is logged. No level logs what people wrote, who they are or where they connect from.',
  }),
  RECOURSE_HOST: byDefault(text, '127.0.0.1', {
    givenTo: servers('host'),
    says: 'The interface that the three processes listen on. Use 0.0.0.0 in a container, behind a proxy that speaks https.',
  }),
  RECOURSE_INTAKE_PORT: byDefault(port, '3000', { givenTo: { intake: 'port' }, says: 'Port of the public door.' }),
  RECOURSE_CASEWORK_PORT: byDefault(port, '3001', { givenTo: { casework: 'port' }, says: 'Port of the rooms of the staff.' }),
  RECOURSE_WORKER_PORT: byDefault(port, '3002', {
    givenTo: { worker: 'port' },
    says: "Port of the worker's health and metrics. Nobody outside needs it.",
  }),
  RECOURSE_PUBLIC_URL: byDefault(webAddress, 'http://localhost:3000', {
    givenTo: everybody('publicUrl'),
    says: 'Address under which complainants reach the public door; https makes cookies Secure.',
  }),
  RECOURSE_CASEWORK_URL: byDefault(webAddress, 'http://localhost:3001', {
    givenTo: { casework: 'caseworkUrl', worker: 'caseworkUrl', operator: 'caseworkUrl' },
    says: 'Address under which the staff reach their rooms. Mail to staff links to it.',
  }),

  RECOURSE_TRUSTED_PROXIES: byDefault(proxies, 'loopback', {
    givenTo: { casework: 'trustedProxies' },
    says: 'Proxies that casework believes when they say where a request comes from. Failed sign-ins are counted by that; it is stored as a keyed hash for a day and logged nowhere.',
  }),

  RECOURSE_DATABASE_URL: required(database, {
    givenTo: { operator: 'databaseUrl' },
    isSecret: true,
    says: 'PostgreSQL as the owner: migrations and the operator. Absent, `npm start` runs an embedded server below the data folder.',
  }),
  RECOURSE_INTAKE_DATABASE_URL: requiredByServers(database, {
    givenTo: { intake: 'databaseUrl', operator: 'intakeDatabaseUrl' },
    isSecret: true,
    says: 'The same database as the role recourse_intake, which may insert and can read only what a receipt shows. The migration sets its password to this one.',
  }),
  RECOURSE_CASEWORK_DATABASE_URL: requiredByServers(database, {
    givenTo: { casework: 'databaseUrl', operator: 'caseworkDatabaseUrl' },
    isSecret: true,
    says: 'The same database as the role recourse_casework.',
  }),
  RECOURSE_WORKER_DATABASE_URL: requiredByServers(database, {
    givenTo: { worker: 'databaseUrl', operator: 'workerDatabaseUrl' },
    isSecret: true,
    says: 'The same database as the role recourse_worker.',
  }),
  RECOURSE_DATABASE_CONNECTIONS: byDefault(wholeNumber(2, 200, 'connections'), '10', {
    givenTo: servers('databaseConnections'),
    says: 'The most connections that one process opens to PostgreSQL.',
  }),
  RECOURSE_REDIS_URL: optional(address('redis://host:6379', 'redis', 'rediss'), {
    givenTo: { worker: 'redisUrl', operator: 'redisUrl' },
    isSecret: true,
    says: 'Redis or Valkey for the queue. Absent, the queue lives in PostgreSQL.',
  }),

  RECOURSE_INSTITUTION_NAME: byDefault(text, 'Example Association', {
    givenTo: everybody('institutionName'),
    says: 'Name of the institution that people complain to, as shown on every page.',
  }),
  RECOURSE_INSTITUTION_WEBSITE: optional(webAddress, {
    givenTo: everybody('institutionWebsite'),
    says: "The institution's own web site, linked from the public pages.",
  }),
  RECOURSE_LANGUAGES: byDefault(languages, 'en,ar', {
    givenTo: everybody('languages'),
    says: 'Languages offered, the first one being the fallback. Each needs a folder in libs/web/languages.',
  }),
  RECOURSE_TIME_ZONE: byDefault(timeZone, 'Europe/Zurich', {
    givenTo: everybody('timeZone'),
    says: 'Time zone in which dates are shown.',
  }),
  RECOURSE_EXIT_URL: byDefault(webAddress, 'https://www.timeanddate.com/weather', {
    givenTo: { intake: 'exitUrl' },
    says: 'Harmless page that “Exit this page” leads to. Choose one that is ordinary where complainants live.',
  }),

  RECOURSE_RECEIPT_PEPPER: requiredByServers(key, {
    givenTo: { intake: 'receiptPepper', operator: 'receiptPepper' },
    isSecret: true,
    says: 'Without it a stolen database does not lead from receipts to cases. Lost, no receipt works any more: back it up apart from the database.',
  }),
  RECOURSE_RECEIPT_SECRET: requiredByServers(key, {
    givenTo: { intake: 'receiptSecret', operator: 'receiptSecret' },
    isSecret: true,
    says: 'Receipts are derived from it, so that a repeated submit gives the same receipt.',
  }),
  RECOURSE_INTAKE_SECRET: requiredByServers(key, {
    givenTo: { intake: 'secret' },
    isSecret: true,
    says: 'Seals unfinished forms and cookies of the public door. All its instances need the same one.',
  }),
  RECOURSE_CASEWORK_SECRET: requiredByServers(key, {
    givenTo: { casework: 'secret' },
    isSecret: true,
    says: 'Signs the forms of the staff. All instances need the same one.',
  }),
  RECOURSE_WORKER_SECRET_KEY: requiredByServers(key, {
    givenTo: { worker: 'secretKey', operator: 'workerSecretKey' },
    isSecret: true,
    says: 'X25519 secret key that opens the addresses that complainants left for a nudge, and nothing else.',
  }),

  RECOURSE_FORM_HOURS: byDefault(wholeNumber(1, 168, 'hours'), '24', {
    givenTo: { intake: 'formHours' },
    says: 'How long a page of the complaint form may stay open.',
  }),
  RECOURSE_RECEIPT_SESSION_MINUTES: byDefault(wholeNumber(5, 480, 'minutes'), '30', {
    givenTo: { intake: 'receiptSessionMinutes' },
    says: 'How long a complaint stays open on a device after the receipt was entered.',
  }),
  // No lower than this: somebody who is afraid writes every few minutes, and must not be cut off.
  RECOURSE_CASE_MESSAGES: byDefault(allowance(20, 'messages'), '50/2000', {
    givenTo: { intake: 'messagesPerCase' },
    says: 'How many messages one receipt may send within 24 hours, and in all.',
  }),
  RECOURSE_CASE_ADDITIONS: byDefault(allowance(20, 'additions'), '50/500', {
    givenTo: { intake: 'additionsPerCase' },
    says: 'How often one receipt may add to what happened within 24 hours, and in all.',
  }),
  RECOURSE_CASE_FILES: byDefault(allowance(10, 'files'), '30/300', {
    givenTo: { intake: 'filesPerCase' },
    says: 'How many files one receipt may send within 24 hours, and in all.',
  }),
  // Twice the largest file at least.
  RECOURSE_CASE_MEGABYTES: byDefault(allowance(60, 'megabytes'), '300/3000', {
    givenTo: { intake: 'megabytesPerCase' },
    says: 'How many megabytes one receipt may bring within 24 hours, and in all, texts and files together.',
  }),
  RECOURSE_STAFF_SESSION_HOURS: byDefault(wholeNumber(1, 24, 'hours'), '10', {
    givenTo: { casework: 'staffSessionHours', operator: 'staffSessionHours' },
    says: 'How long a member of staff stays signed in, whatever they do.',
  }),
  RECOURSE_STAFF_IDLE_MINUTES: byDefault(wholeNumber(5, 480, 'minutes'), '30', {
    givenTo: { casework: 'staffIdleMinutes' },
    says: 'A member of staff is signed out when nothing was asked for during this time. What they were writing is kept for them until they sign in again.',
  }),
  // Not in a procedure: its versions are immutable, and when to look again is for those who look, whatever rules a case is under.
  RECOURSE_PAUSED_TOO_LONG_DAYS: byDefault(wholeNumber(1, 365, 'days'), '30', {
    givenTo: { casework: 'pausedTooLongDays' },
    says: "A time limit that has been paused for so many days is on the supervisor's board, whatever it waits for.",
  }),
  RECOURSE_EVIDENCE_DIR: inDataDir('evidence', {
    givenTo: { intake: 'evidenceDir', casework: 'evidenceDir', operator: 'evidenceDir' },
    says: 'Sealed files. All instances need the same folder.',
  }),
  RECOURSE_NEWS_MAIL_MINUTES: byDefault(wholeNumber(1, 1_440, 'minutes'), '30', {
    givenTo: { worker: 'newsMailMinutes' },
    says: 'A member of staff gets no second mail within this time about what a complainant brought to one case, unless somebody has read it meanwhile.',
  }),
  RECOURSE_SWEEP_SECONDS: byDefault(wholeNumber(1, 60, 'seconds'), '15', {
    givenTo: { worker: 'sweepSeconds' },
    says: 'How often the worker looks for clocks and messages that the queue may have lost.',
  }),
  RECOURSE_SMTP_URL: optional(address('smtps://user:password@mail.example.org', 'smtp', 'smtps'), {
    givenTo: { worker: 'smtpUrl' },
    isSecret: true,
    says: 'Server that mail is handed to. Absent: each mail becomes a file in the folder `mail` of the data folder.',
  }),
  RECOURSE_MAIL_FROM: byDefault(sender, 'Recourse <recourse@localhost>', {
    givenTo: { worker: 'mailFrom' },
    says: 'Sender of mail.',
  }),
  RECOURSE_TRAINING_CLOCK: optional(trainingTime, {
    givenTo: everybody('trainingTime'),
    isForTraining: true,
    says: 'For training alone: how many times faster case time goes, since when by the machine, and from which case time on. `npm start -- --clock` sets it; in production it is refused.',
  }),
} as const satisfies Readonly<Record<`RECOURSE_${string}`, Declaration>>;

/** Names that only the tests read; the processes overlook them. */
export const testSettingNames: readonly string[] = [
  'RECOURSE_TEST_REDIS_URL',
  'RECOURSE_TEST_DATABASE_URL',
  'RECOURSE_TEST_SERVER_URL',
  'RECOURSE_TEST_SYSTEM_DIR',
];

/** Name of a declared setting. */
export type SettingName = keyof typeof declarations;

/** The declarations as a list, in the order of the documentation. */
export const declaredSettings: readonly (readonly [SettingName, Declaration])[] = Object.entries(declarations) as [
  SettingName,
  Declaration,
][];
