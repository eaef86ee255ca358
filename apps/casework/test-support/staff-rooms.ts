import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { AddComplaintFile } from '@recourse/cases';
import { caseworkSettings } from '@recourse/config';
import { FolderStore } from '@recourse/evidence';
import { GIVEN_PASSWORD, Given, testDatabase, type GivenCase } from '@recourse/testing';
import { AssetCatalogue, configureWeb } from '@recourse/web';
import request from 'supertest';
import { CaseworkModule } from '../src/casework.module';

/** The staff's rooms over a private database of an institution that is set up. */
export interface StaffRooms {
  readonly app: NestExpressApplication;
  readonly given: Given;
  readonly evidenceDir: string;
}

/**
 * Call it once, outside of any test; use what it returns inside of tests.
 * @param timeZone of the institution
 * @param gateTo gives a door before the database server that a test can shut
 */
export function staffRooms(timeZone = 'Europe/Zurich', gateTo?: (url: string) => Promise<string>): () => StaffRooms {
  const database = testDatabase();
  let rooms: StaffRooms | undefined;
  beforeAll(async () => {
    const given = await Given.in(database);
    const evidenceDir = await mkdtemp(join(tmpdir(), 'recourse-casework-'));
    const settings = caseworkSettings({
      RECOURSE_MODE: 'test',
      RECOURSE_CASEWORK_DATABASE_URL: (await gateTo?.(database.urlOf('casework'))) ?? database.urlOf('casework'),
      RECOURSE_INSTITUTION_NAME: 'Example Association',
      RECOURSE_CASEWORK_SECRET: Buffer.alloc(32, 4).toString('hex'),
      RECOURSE_EVIDENCE_DIR: evidenceDir,
      RECOURSE_TIME_ZONE: timeZone,
    });
    const building = Test.createTestingModule({ imports: [CaseworkModule.with(settings, AssetCatalogue.none())] });
    const app = (await building.compile()).createNestApplication<NestExpressApplication>({ bodyParser: false, logger: ['fatal'] });
    configureWeb(app);
    await app.listen(0, '127.0.0.1');
    rooms = { app, given, evidenceDir };
  }, 60_000);
  afterAll(async () => {
    await rooms?.app.close();
    if (rooms) await rm(rooms.evidenceDir, { recursive: true, force: true });
  });
  return () => {
    if (!rooms) throw new Error('the rooms open in beforeAll: use them inside of tests');
    return rooms;
  };
}

/**
 * Sends a file as the complainant of a case does.
 * @returns the address of the file in the staff's rooms
 */
export async function sendFile({ given, evidenceDir }: StaffRooms, filed: GivenCase, name: string, content: Buffer): Promise<string> {
  const added = await new AddComplaintFile(given.intake, given.institution.secrets, new FolderStore(evidenceDir)).run({
    digits: filed.receipt,
    clientKey: randomUUID(),
    name,
    mediaType: 'text/html',
    content: Readable.from([content]),
    now: new Date(),
  });
  if (!added.ok) throw new Error(`the file was refused: ${added.code}`);
  return `/cases/${filed.reference}/files/${added.fileId}`;
}

/** A browser without script in the hands of a member of staff. */
export class Colleague {
  readonly agent: ReturnType<typeof request.agent>;
  private token = '';

  constructor({ app }: StaffRooms) {
    this.agent = request.agent(app.getHttpServer());
  }

  /** Signs in by the page. @param signInName of the given institution */
  static async signedIn(rooms: StaffRooms, signInName = 'officer'): Promise<Colleague> {
    const colleague = new Colleague(rooms);
    await colleague.open('/sign-in');
    const entered = await colleague.post('/sign-in', { signInName, password: GIVEN_PASSWORD });
    if (entered.status !== 303) throw new Error(`${signInName} cannot sign in: ${String(entered.status)}`);
    await colleague.open('/cases');
    return colleague;
  }

  /** Loads a page and keeps the token of its forms. */
  async open(path: string): Promise<request.Response> {
    const page = await this.agent.get(path);
    this.keep(page);
    return page;
  }

  /** Keeps the token of a page that answers something sent. */
  keep(page: request.Response): void {
    this.token = /name="([^"]*)" value="([^"]*)"/.exec(page.text)?.[0] ?? this.token;
  }

  /** Posts a form with the token of the last page. @param headers that a proxy adds */
  async post(
    path: string,
    fields: Readonly<Record<string, string | number>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<request.Response> {
    return this.letter(path, fields).set(headers);
  }

  /** The same, not sent yet: it goes when it is awaited, and may be broken off. */
  letter(path: string, fields: Readonly<Record<string, string | number>>): request.Test {
    const [, name = '', value = ''] = /name="([^"]*)" value="([^"]*)"/.exec(this.token) ?? [];
    return this.agent
      .post(path)
      .type('form')
      .send({ [name]: value, ...fields });
  }
}
