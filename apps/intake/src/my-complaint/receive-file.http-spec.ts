import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { waitFor } from '@recourse/testing';
import { publicDoor, Visitor } from '../../test-support/public-door';
import { receiveFile } from './receive-file';

const door = publicDoor();

/** A multipart body with one file, without the boundary that ends it. */
const CUT_SHORT = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nabc';
const UNNAMED = '--x\r\ncontent-disposition: form-data; name="file"; filename=""\r\ncontent-type: text/plain\r\n\r\nabc';

async function receiptOf(): Promise<string> {
  const visitor = new Visitor(door());
  await visitor.file('They came at night.');
  return (await visitor.follow()).receipt;
}

function sendFile(receipt: string, body: string | Buffer, key: string = randomUUID()): Promise<Response> {
  return fetch(`${door().url}/api/v1/complaint/files`, {
    method: 'POST',
    headers: { authorization: `Receipt ${receipt}`, 'idempotency-key': key, 'content-type': 'multipart/form-data; boundary=x' },
    body,
  });
}

const isThere = async () => (await fetch(`${door().url}/health/live`)).status;

describe('a body that ends too early', () => {
  it.each([
    ['with a number that opens nothing', () => Promise.resolve('0'.repeat(24)), CUT_SHORT, 401],
    ['with a number', receiptOf, CUT_SHORT, 400],
    ['with a name that is too long', receiptOf, CUT_SHORT.replace('a.txt', 'a'.repeat(300)), 400],
    ['with a part without a name', receiptOf, UNNAMED, 400],
    ['in its own headers', receiptOf, '--x\r\ncontent-dispo', 400],
  ])('%s is refused, and the door stays open', async (_, receipt, body, status) => {
    const answer = await sendFile(await receipt(), body);
    expect(answer.status).toBe(status);
    expect(await isThere()).toBe(200);
  });

  it('behind a file that is whole costs nothing but itself', async () => {
    const rest = `\r\n--x\r\nno header at all\r\n\r\n--x`;
    expect((await sendFile(await receiptOf(), `${CUT_SHORT}${rest}`)).status).toBe(201);
    expect(await isThere()).toBe(200);
  });

  it('is refused when the same file is there already', async () => {
    const [receipt, key] = [await receiptOf(), randomUUID()];
    expect((await sendFile(receipt, `${CUT_SHORT}\r\n--x--\r\n`, key)).status).toBe(201);
    await sendFile(receipt, CUT_SHORT, key);
    expect(await isThere()).toBe(200);
  });

  it.each([['0'.repeat(24)], [undefined]])('a connection that breaks during an upload closes nothing (number %s)', async (given) => {
    const receipt = given ?? (await receiptOf());
    const { port } = new URL(door().url);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    const head = [
      'POST /api/v1/complaint/files HTTP/1.1',
      'host: localhost',
      `authorization: Receipt ${receipt}`,
      `idempotency-key: ${randomUUID()}`,
      'content-type: multipart/form-data; boundary=x',
      'content-length: 5000000',
    ];
    const sent = `${head.join('\r\n')}\r\n\r\n${CUT_SHORT}${'x'.repeat(200_000)}`;
    await new Promise<void>((resolve) => socket.write(sent, () => resolve()));
    socket.destroy();
    await once(socket, 'close');
    expect(await isThere()).toBe(200);
  });

  it('a file far beyond the limit gets its answer', async () => {
    const answer = await sendFile(await receiptOf(), `${CUT_SHORT}${'x'.repeat(100 * 1024 * 1024)}\r\n--x--\r\n`);
    expect(answer.status).toBe(413);
    expect(await isThere()).toBe(200);
  });
});

describe('how long a file says that it is', () => {
  it.each([
    ['what its request says, less what is around it', { 'content-length': '5000000' }, 5_000_000 - 16_384],
    ['one byte at least', { 'content-length': '300' }, 1],
    ['nothing, where its request does not say', { 'transfer-encoding': 'chunked' }, undefined],
  ])('is %s', async (_, headers, expected) => {
    const announced: (number | undefined)[] = [];
    const server = createServer((req, res) => {
      void receiveFile(req, (file) => {
        announced.push(file.announcedBytes);
        return Promise.resolve(file.content.resume());
      }).finally(() => res.end());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const upload = httpRequest({ port, method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x', ...headers } });
    upload.on('error', () => undefined);
    upload.write(CUT_SHORT);
    await waitFor('the file begins', () => announced.length > 0);
    upload.destroy();
    server.close();
    expect(announced).toEqual([expected]);
  });
});

describe('the name of a file', () => {
  const body = (name: Buffer, parameter = 'filename="') =>
    Buffer.concat([
      Buffer.from(`--x\r\ncontent-disposition: form-data; name="file"; ${parameter}`),
      name,
      Buffer.from(`${parameter.endsWith('"') ? '"' : ''}\r\n\r\nabc\r\n--x--\r\n`),
    ]);
  const both = (name: Buffer) =>
    Buffer.concat([
      Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="'),
      name,
      Buffer.from('\r\n\r\nabc\r\n--x--\r\n'),
    ]);
  const send = async (bytes: Buffer): Promise<[number, unknown]> => {
    const answer = await sendFile(await receiptOf(), bytes);
    return [answer.status, ((await answer.json()) as { code?: string }).code];
  };

  it('in another encoding than UTF-8 is refused: letters of it would be lost', async () => {
    expect(await send(body(Buffer.from([0xe3, 0xe1, 0xdd, 0x2e, 0x70, 0x64, 0x66])))).toEqual([400, 'not_utf8']);
  });

  it.each([
    ['in UTF-8', Buffer.from('ملف é.pdf'), 'filename="'],
    ['that lost letters before it came here', Buffer.from('\ufffd.pdf'), 'filename="'],
    ['in the notation of other headers', Buffer.from("UTF-8''%D9%85%D9%84%D9%81.pdf"), 'filename*='],
  ])('%s is taken', async (_, name, parameter) => {
    expect(await send(body(name, parameter))).toEqual([201, undefined]);
  });

  it.each([
    ['plain, in UTF-8', Buffer.from('Müller.pdf'), 'filename="', 'Müller.pdf'],
    ['plain, looking like Latin-1 read twice', Buffer.from('MÃ¼ller.pdf'), 'filename="', 'MÃ¼ller.pdf'],
    ['plain, without its letters', Buffer.from('\ufffd.pdf'), 'filename="', '\ufffd.pdf'],
    ['said to be UTF-8', Buffer.from("UTF-8''M%C3%BCller.pdf"), 'filename*=', 'Müller.pdf'],
    ['said to be UTF-8, looking like Latin-1 read twice', Buffer.from("utf-8'de'M%C3%83%C2%BCller.pdf"), 'filename*=', 'MÃ¼ller.pdf'],
    ['said to be Latin-1', Buffer.from("ISO-8859-1''M%FCller.pdf"), 'filename*=', 'Müller.pdf'],
    ['both ways', Buffer.from("M?ller.pdf\"; filename*=UTF-8''M%C3%BCller.pdf"), 'filename="M', 'Müller.pdf'],
    ['plain, and cut into pieces', Buffer.from('é'.repeat(100)), 'filename="', 'é'.repeat(100)],
  ])('is read as it was meant: %s', async (_, name, parameter, expected) => {
    const names: string[] = [];
    const server = createServer((req, res) => {
      void receiveFile(req, (file) => {
        names.push(file.name);
        file.content.resume();
        return Promise.resolve();
      }).finally(() => res.end());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const upload = httpRequest({ port, method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' } });
    const answered = once(upload, 'response');
    const whole = parameter === 'filename="M' ? both(name) : body(name, parameter);
    // Byte by byte where a letter has two: as a line that cuts anywhere.
    for (let at = 0; at < whole.length; at += 7) upload.write(whole.subarray(at, at + 7));
    upload.end();
    await answered;
    server.close();
    expect(names).toEqual([expected]);
  });

  it('that is not in the encoding it names is refused, and one in an encoding that RFC 5987 does not know is no file', async () => {
    expect(await send(body(Buffer.from("UTF-8''M%FCller.pdf"), 'filename*='))).toEqual([400, 'not_utf8']);
    expect(await send(body(Buffer.from("windows-1256''%E3%E1%DD.pdf"), 'filename*='))).toEqual([400, 'file_missing']);
  });

  it('on the page, too, is asked for again', async () => {
    const visitor = new Visitor(door());
    await visitor.open('/return');
    await visitor.press({ number: await receiptOf() });
    await visitor.sendBody('/my-complaint/file', 'multipart/form-data; boundary=x', body(Buffer.from([0xe3, 0xe1, 0xdd])));
    expect([visitor.status, visitor.html.includes('did not arrive whole')]).toEqual([400, true]);
  });
});
