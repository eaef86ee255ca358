import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { PublishProcedure, RuleBook, SendMessageToComplainant, SetUpInstitution } from '@recourse/cases';
import { intakeSettings, projectRoot } from '@recourse/config';
import { FileStore } from '@recourse/evidence';
import { TEST_PASSWORD_COST, testDatabase, signingIn } from '@recourse/testing';
import { generateKeyPair } from '@recourse/vault';
import { configureWeb } from '@recourse/web';
import request from 'supertest';
import type { DataSource } from 'typeorm';
import type { DatabaseLine } from './database-line';
import type { DraftPlace } from '../src/complaint-form/draft';
import { IntakeModule } from '../src/intake.module';

/** The public door, listening on a port of its own, over a private database of an institution that is set up. */
export interface PublicDoor {
  readonly app: NestExpressApplication;
  readonly url: string;
  readonly secret: Buffer;
  readonly evidenceDir: string;
  /** As the owner: to look at what was stored. */
  readonly owner: DataSource;
  /** Answers a complaint as the officer does: signed in, through the use case, as the staff's role. */
  answerAs(reference: string, body: string): Promise<void>;
}

const officerPassword = 'a password for tests only';

const hex = (fill: number): string => Buffer.alloc(32, fill).toString('hex');

/** What a test wants otherwise. */
export interface DoorChoices {
  /** A line to the database that the test can cut. */
  readonly line?: DatabaseLine;
  /** Of the institution. */
  readonly timeZone?: string;
  /** In place of the folder: the port for evidence. */
  readonly store?: FileStore;
  /** Other settings. */
  readonly settings?: Readonly<Record<`RECOURSE_${string}`, string>>;
}

/** Call it once, outside of any test; use what it returns inside of tests. */
export function publicDoor(choices: DoorChoices = {}): () => PublicDoor {
  const database = testDatabase();
  let door: PublicDoor | undefined;
  beforeAll(async () => {
    const owner = await database.dataSource('owner');
    await setUp(owner);
    const evidenceDir = await mkdtemp(join(tmpdir(), 'recourse-intake-'));
    const databaseUrl = database.urlOf('intake');
    const settings = intakeSettings({
      RECOURSE_MODE: 'test',
      RECOURSE_INTAKE_DATABASE_URL: choices.line ? await choices.line.open(databaseUrl) : databaseUrl,
      RECOURSE_INSTITUTION_NAME: 'Example Association',
      RECOURSE_RECEIPT_PEPPER: hex(1),
      RECOURSE_RECEIPT_SECRET: hex(2),
      RECOURSE_INTAKE_SECRET: hex(3),
      RECOURSE_EVIDENCE_DIR: evidenceDir,
      RECOURSE_TIME_ZONE: choices.timeZone ?? 'Europe/Zurich',
      ...choices.settings,
    });
    const building = Test.createTestingModule({ imports: [IntakeModule.forRoot(settings)] });
    if (choices.store) building.overrideProvider(FileStore).useValue(choices.store);
    const app = (await building.compile()).createNestApplication<NestExpressApplication>({ bodyParser: false, logger: ['fatal'] });
    configureWeb(app);
    await app.listen(0, '127.0.0.1');
    door = {
      app,
      url: await app.getUrl(),
      secret: settings.secret,
      evidenceDir,
      owner,
      answerAs: (reference, body) => answerAs(database, reference, body),
    };
  }, 60_000);
  afterAll(async () => {
    await door?.app.close();
    await choices.line?.cut();
    if (door) await rm(door.evidenceDir, { recursive: true, force: true });
  });
  return () => {
    if (!door) throw new Error('the public door opens in beforeAll: use it inside of tests');
    return door;
  };
}

async function answerAs(database: ReturnType<typeof testDatabase>, reference: string, body: string): Promise<void> {
  const staffDoor = await database.dataSource('casework');
  const now = new Date();
  const signedIn = await signingIn(staffDoor)({ signInName: 'amina', password: officerPassword, now });
  if (!signedIn.ok) throw new Error('the officer of the test could not sign in');
  const sent = await new SendMessageToComplainant(staffDoor).run({ actor: signedIn.actor, reference, clientKey: randomUUID(), body, now });
  if (!sent.ok) throw new Error(`the officer of the test could not answer: ${sent.code}`);
}

async function setUp(owner: DataSource): Promise<void> {
  const now = new Date();
  const firstMember = {
    signInName: 'amina',
    displayName: 'Amina Example',
    email: 'amina@example.org',
    role: 'officer',
    language: 'en',
    password: officerPassword,
  } as const;
  const done = await new SetUpInstitution(owner, TEST_PASSWORD_COST).run({
    workerPublicKey: generateKeyPair().publicKey,
    deskName: 'Complaints desk',
    firstMember,
    now,
  });
  const rules = new RuleBook();
  const text = await readFile(join(projectRoot, 'libs/domain/procedures/remedy.yaml'), 'utf8');
  const published = await new PublishProcedure(owner, rules).run({ text, fileName: 'remedy.yaml', staffing: 'to_come', now });
  if (!done.ok || !published.ok) throw new Error(`the institution of the test could not be set up: ${JSON.stringify([done, published])}`);
}

/** A form as it was sent. */
export interface SentPage {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A browser without script: keeps cookies, fills in the form it was given, follows what it is told. */
export class Visitor {
  private readonly agent: ReturnType<typeof request.agent>;
  private readonly origin: string;
  private path = '/';
  /** Every form that was sent with `press`, as the browser's history keeps it. */
  readonly history: SentPage[] = [];
  /** The visit that the browser's cookie names. */
  place: DraftPlace = { kind: 'page' };
  html = '';
  status = 0;
  headers: Record<string, string> = {};

  constructor(door: PublicDoor, { keepsCookies = true } = {}) {
    const server: Parameters<typeof request>[0] = door.app.getHttpServer();
    this.agent = keepsCookies ? request.agent(server) : request(server);
    this.origin = new URL(door.url).hostname;
  }

  /** As if the browser held this cookie. */
  withCookie(name: string, value: string): this {
    this.agent.jar.setCookie(`${name}=${value}; Path=/`, this.origin);
    return this;
  }

  async open(path: string): Promise<this> {
    this.take(await this.agent.get(path), path);
    // The form and the page for coming back first find out whether the browser keeps cookies.
    const location = this.headers.location ?? '';
    return /^\/(complaint|return)\?cookies=try/.test(location) ? this.open(location) : this;
  }

  /** Presses the browser's "Back" until this page is there, and sends it again: the cookies are those of now. */
  async sendAgain(sent: SentPage): Promise<this> {
    return this.post(sent.path, sent.fields);
  }

  /** Presses a button of the first form of the page: what the form holds already goes along, with these fields filled in. */
  async press(fields: Readonly<Record<string, string>> = {}): Promise<this> {
    const sent = { path: this.action(), fields: { ...this.heldFields(), ...fields } };
    this.history.push(sent);
    return this.post(sent.path, sent.fields);
  }

  /** Posts what the page's form would not: to see what happens. */
  async post(path: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<this> {
    return this.take(await this.agent.post(path).set(headers).type('form').send(fields), path);
  }

  /** Answers a question of the form without walking there. */
  async answer(question: string, fields: Readonly<Record<string, string>>): Promise<this> {
    await this.open('/complaint');
    return this.post('/complaint', { ...this.hiddenFields(), step: question, go: 'continue', ...fields });
  }

  async upload(name: string, content: Buffer, contentType = 'image/jpeg'): Promise<this> {
    let upload = this.agent.post(this.action());
    for (const [field, value] of Object.entries(this.hiddenFields())) upload = upload.field(field, value);
    return this.take(await upload.attach('file', content, { filename: name, contentType }), this.action());
  }

  /** Sends a body that no browser sends. */
  async sendBody(path: string, contentType: string, body: Buffer): Promise<this> {
    const asked = this.agent.post(path).set('content-type', contentType);
    return this.take(await asked.serialize((sent: Buffer) => sent as unknown as string).send(body), path);
  }

  async follow(): Promise<this> {
    return this.open(this.headers.location ?? '');
  }

  /** Answers the whole form with nothing but a story, and sends it. */
  async file(narrative: string): Promise<this> {
    await this.open('/complaint');
    await this.press({ go: 'continue' });
    await this.press({ go: 'continue' });
    await this.press({ narrative, go: 'continue' });
    await this.press({ go: 'check' });
    return this.press({ go: 'send' });
  }

  hiddenFields(): Record<string, string> {
    const fields: Record<string, string> = {};
    for (const [tag] of this.html.matchAll(/<input type="hidden"[^>]*>/g)) {
      const name = /name="([^"]*)"/.exec(tag)?.[1];
      if (name !== undefined) fields[name] = decode(/value="([^"]*)"/.exec(tag)?.[1] ?? '');
    }
    return fields;
  }

  /** Everything a browser would send along: hidden fields, texts, ticks and choices as the page shows them. */
  private heldFields(): Record<string, string> {
    const fields = this.hiddenFields();
    for (const [, name, value] of this.html.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g)) {
      fields[String(name)] = decode(value ?? '');
    }
    for (const [tag] of this.html.matchAll(/<input [^>]*type="(?:text|email|radio|checkbox)"[^>]*>/g)) {
      const name = /name="([^"]*)"/.exec(tag)?.[1];
      const isSent = !/type="(?:radio|checkbox)"/.test(tag) || /\schecked/.test(tag);
      if (name !== undefined && isSent) fields[name] = decode(/value="([^"]*)"/.exec(tag)?.[1] ?? '');
    }
    for (const [, name, options] of this.html.matchAll(/<select[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) {
      fields[String(name)] = /<option value="([^"]*)"[^>]*selected/.exec(options ?? '')?.[1] ?? '';
    }
    return fields;
  }

  /** Text of the page without markup, white space folded. */
  get text(): string {
    return decode(
      this.html
        .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' '),
    );
  }

  /** What the field of this name holds. */
  valueOf(name: string): string | undefined {
    const area = new RegExp(`<textarea[^>]*name="${name}"[^>]*>([\\s\\S]*?)</textarea>`).exec(this.html)?.[1];
    const input = new RegExp(`<input[^>]*name="${name}"[^>]*value="([^"]*)"`).exec(this.html)?.[1];
    const found = area ?? input;
    return found === undefined ? undefined : decode(found);
  }

  /** The reference that the page names. */
  get reference(): string {
    return /RC-[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(this.text)?.[0] ?? '';
  }

  get receipt(): string {
    return [...this.html.matchAll(/<li>(\d{4})<\/li>/g)].map(([, group]) => group).join('');
  }

  private action(): string {
    const form = /<form[^>]*method="post"[^>]*>/.exec(this.html)?.[0] ?? '';
    return /action="([^"]*)"/.exec(form)?.[1] ?? this.path;
  }

  private take(response: request.Response, path: string): this {
    this.path = path;
    this.html = response.text;
    this.status = response.status;
    this.headers = response.headers;
    const visit = /\bvisit=([\w-]+)/.exec(String(response.headers['set-cookie']))?.[1];
    if (visit !== undefined) this.place = { kind: 'visit', visit };
    return this;
  }
}

function decode(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/&#x60;/g, '`');
}
