import type { Readable } from 'node:stream';
import { FileStore, type StoreResult } from '@recourse/evidence';
import request from 'supertest';
import { DatabaseLine } from '../test-support/database-line';
import { publicDoor, Visitor } from '../test-support/public-door';

const story = 'The guards came at six in the morning with two dogs.';

/** A store whose disk is full. */
class FullStore extends FileStore {
  override put(_key: string, content: Readable): Promise<StoreResult> {
    content.destroy();
    return Promise.resolve({ ok: false, code: 'no_space' });
  }
  override open(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
  override claim(): Promise<void> {
    return Promise.resolve();
  }
  override listUnclaimed(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }
  override removeUnfinished(): Promise<number> {
    return Promise.resolve(0);
  }
  override remove(): Promise<void> {
    return Promise.resolve();
  }
  override canStore(): Promise<boolean> {
    return Promise.resolve(false);
  }
}

const line = new DatabaseLine();
const door = publicDoor({ line, store: new FullStore() });

async function returned(): Promise<{ visitor: Visitor; receipt: string }> {
  const visitor = new Visitor(door());
  await visitor.file(story);
  const { receipt } = await visitor.follow();
  await visitor.open('/return');
  await visitor.press({ number: receipt });
  return { visitor, receipt };
}

describe('a database that is down', () => {
  it('is told on the page where everything was, and the same submit is taken once it is back', async () => {
    const visitor = new Visitor(door());
    await visitor.answer('what_happened', { narrative: story, go: 'check' });
    await line.cut();
    await visitor.press({ go: 'send' });
    expect(visitor.status).toBe(503);
    expect(visitor.headers['retry-after']).toBe('30');
    expect(visitor.text).toContain('Your complaint is NOT stored.');
    expect(visitor.text).toContain(story);
    expect(visitor.text).not.toContain('We have your complaint');
    await line.mend();
    await visitor.press({ go: 'send' });
    expect(visitor.headers.location).toBe('/receipt');
  });

  it('does not keep anybody from writing: the questions need no database', async () => {
    await line.cut();
    const visitor = new Visitor(door());
    await visitor.answer('what_happened', { narrative: story });
    expect(visitor.text).toContain('When did it happen?');
    await line.mend();
  });

  it('does not take the receipt away from somebody whose complaint was stored', async () => {
    const visitor = new Visitor(door());
    await visitor.file(story);
    await line.cut();
    await visitor.follow();
    expect([visitor.status, visitor.receipt.length]).toEqual([200, 24]);
    await line.mend();
  });

  it.each(['message', 'add'])('keeps what was written: %s', async (what) => {
    const { visitor } = await returned();
    await visitor.open(`/my-complaint/${what}`);
    await line.cut();
    await visitor.press({ text: 'They came back yesterday.' });
    expect(visitor.status).toBe(503);
    expect(visitor.text).toContain('This was NOT stored.');
    expect(visitor.valueOf('text')).toBe('They came back yesterday.');
    await line.mend();
    await visitor.press();
    await visitor.follow();
    expect(visitor.text).toContain('They came back yesterday.');
  });

  it('is told with a file, which has to be chosen again: a page cannot keep it', async () => {
    const { visitor } = await returned();
    await visitor.open('/my-complaint/file');
    await line.cut();
    await visitor.upload('photo.jpg', Buffer.alloc(1000, 1));
    expect(visitor.status).toBe(503);
    expect(visitor.text).toContain('choose the file and send it again');
    expect(visitor.text).not.toContain('still here');
    await line.mend();
  });

  it('is told to programs, and to whoever asks whether the process is ready', async () => {
    await line.cut();
    const server = door().app.getHttpServer() as Parameters<typeof request>[0];
    const filed = await request(server)
      .post('/api/v1/complaints')
      .set('idempotency-key', '0d7a8f5e-6f43-4f2a-8a3e-0a2c9a8b1c11')
      .send({ language: 'en', narrative: story });
    expect([filed.status, filed.type, (filed.body as { code: string }).code]).toEqual([503, 'application/problem+json', 'unavailable']);
    const ready = await request(server).get('/health/ready');
    expect([ready.status, ready.body]).toMatchObject([503, { checks: { database: 'unavailable' } }]);
    await line.mend();
  });
});

describe('a disk that is full', () => {
  it('is told with the file, and the way to write stays open', async () => {
    const { visitor } = await returned();
    await visitor.open('/my-complaint/file');
    await visitor.upload('photo.jpg', Buffer.alloc(200_000, 1));
    expect(visitor.status).toBe(507);
    expect(visitor.text).toContain('It was NOT stored.');
    await visitor.open('/my-complaint');
    expect(visitor.text).not.toContain('photo.jpg');
  });
});
