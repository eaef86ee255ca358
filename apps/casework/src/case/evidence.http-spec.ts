import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { findCaseByReference, listEvents } from '@recourse/persistence';
import { Colleague, sendFile, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

/** Every sealed file in the store, as paths. */
async function storedFiles(): Promise<string[]> {
  const entries = await readdir(rooms().evidenceDir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** The answer as it comes over the wire, so that a broken connection is seen. */
async function fetched(colleague: Colleague, path: string): Promise<IncomingMessage> {
  const { port, address } = rooms().app.getHttpServer().address() as { port: number; address: string };
  const cookie = colleague.agent.jar.getCookies({ domain: address, path: '/', secure: false, script: false }).toValueString();
  const asked = get({ host: address, port, path, headers: { cookie } });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return answer;
}

async function openings(reference: string): Promise<object[]> {
  const { manager } = rooms().given.owner;
  const file = await findCaseByReference(manager, reference);
  const events = await listEvents(manager, file?.id ?? '');
  return events.filter(({ type }) => type === 'sealed_content_opened').map(({ payload }) => payload);
}

describe('a file of a case', () => {
  it('is a download that no browser runs, whatever it says it is, whole, and kept by nobody on the way', async () => {
    const filed = await rooms().given.filed();
    const content = Buffer.from('<script>alert(document.cookie)</script>');
    const path = await sendFile(rooms(), filed, 'photo "of" the gate.html', content);
    const officer = await Colleague.signedIn(rooms());
    const file = await officer.agent
      .get(path)
      .buffer(true)
      .parse((res, done) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => done(null, Buffer.concat(chunks)));
      });
    expect(file.status).toBe(200);
    expect(file.body).toEqual(content);
    expect(file.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': String.raw`attachment; filename="photo \"of\" the gate.html"`,
      'content-length': String(content.length),
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('keeps its name in any script, and says in the record who opened it', async () => {
    const filed = await rooms().given.filed();
    const path = await sendFile(rooms(), filed, 'صورة.jpg', Buffer.from('x'));
    const officer = await Colleague.signedIn(rooms());
    const { headers } = await officer.agent.get(path);
    expect(headers['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent('صورة.jpg')}`);
    expect(await openings(filed.reference)).toEqual([{ what: 'evidence_file', evidenceFileId: path.split('/').at(-1) }]);
  });

  it('that is large arrives whole', async () => {
    const content = randomBytes(3 * 1024 * 1024 + 17);
    const path = await sendFile(rooms(), await rooms().given.filed(), 'film.bin', content);
    const answer = await fetched(await Colleague.signedIn(rooms()), path);
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(content)).toBe(true);
    expect(answer.headers['content-length']).toBe(String(content.length));
  });

  it('that was cut on disk breaks the connection: it never looks complete', async () => {
    const before = await storedFiles();
    const path = await sendFile(rooms(), await rooms().given.filed(), 'film.bin', randomBytes(1024 * 1024));
    const [stored = ''] = (await storedFiles()).filter((one) => !before.includes(one));
    const sealed = await readFile(stored);
    await writeFile(stored, sealed.subarray(0, sealed.length / 2));
    const officer = await Colleague.signedIn(rooms());
    await expect(fetched(officer, path).then((answer) => text(answer))).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('that is gone from the store is our own failure, and does not sound as if it had never been there', async () => {
    const before = await storedFiles();
    const path = await sendFile(rooms(), await rooms().given.filed(), 'gone.txt', Buffer.from('x'));
    const [stored = ''] = (await storedFiles()).filter((one) => !before.includes(one));
    await rm(stored);
    const page = await (await Colleague.signedIn(rooms())).open(path);
    expect(page.status).toBe(500);
    expect(page.headers['content-disposition']).toBeUndefined();
    expect(page.text).toContain('If you tell us about this, give this number');
  });

  it.each(['0198f000-0000-7000-8000-000000000000', 'nonsense'])('that does not exist is not found: %s', async (id) => {
    const { reference } = await rooms().given.filed();
    const page = await (await Colleague.signedIn(rooms())).open(`/cases/${reference}/files/${id}`);
    expect(page.status).toBe(404);
    expect(await openings(reference)).toEqual([]);
  });

  it('of one case is not reached by the address of another', async () => {
    const path = await sendFile(rooms(), await rooms().given.filed(), 'a.txt', Buffer.from('x'));
    const other = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    expect((await officer.open(`/cases/${other.reference}/files/${path.split('/').at(-1)}`)).status).toBe(404);
  });
});
