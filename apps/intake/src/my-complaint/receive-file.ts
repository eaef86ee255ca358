import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';

/** A file part of a multipart body, arriving. */
export interface ArrivingFile {
  /** Text fields that came before the file. */
  readonly fields: ReadonlyMap<string, string>;
  readonly name: string;
  /** As declared by the sender; not to be believed. Absent for the general-purpose default. */
  readonly mediaType?: string;
  /** What the request says of its length, less what is around the file. */
  readonly announcedBytes?: number;
  readonly content: Readable;
}

/**
 * - `taken`: what `take` made of the file.
 * - `no_file`: the body ended without one, or with an unnamed empty part (a file field left alone), or with one whose name is in an encoding that the parser
 *   does not know (RFC 5987 asks for UTF-8 and ISO-8859-1).
 * - `not_multipart`: another content type, or no boundary.
 * - `not_utf8`: the name of the file, or a field before it, is neither in UTF-8 nor in an encoding that it names; letters of it would be lost.
 */
export type ReceivedFile<T> =
  | { readonly state: 'taken'; readonly result: T; readonly fields: ReadonlyMap<string, string> }
  | { readonly state: 'no_file'; readonly fields: ReadonlyMap<string, string> }
  | { readonly state: 'not_multipart' }
  | { readonly state: 'not_utf8' };

/** How much of a body that was refused is still read, so that the browser hears the answer instead of a cut connection. */
export interface Patience {
  readonly bytes: number;
  readonly ms: number;
}

/** What is around a file in a body: its head with the name, the small fields, the boundaries. Rather more, so that no file is taken for longer than it is. */
const ENVELOPE_BYTES = 16_384;

/** U+FFFD: stands where letters were lost. */
const LOST_LETTER = '\ufffd';

/** Small texts only: a token and a key. */
const fieldLimits = { fields: 10, fieldNameSize: 100, fieldSize: 1000, files: 1 };
/** A browser shows an answer when it has sent everything. A video of a phone is some hundred megabytes; nobody waits longer than two minutes. */
const usualPatience: Patience = { bytes: 1024 * 1024 * 1024, ms: 120_000 };
/** What the answer gets to reach somebody who would go on sending. */
const GOODBYE_MS = 5_000;

/**
 * Reads a multipart body as a stream and hands the first file to `take` while it is still arriving: no byte of it is
 * kept here, in memory or on disk.
 *
 * When the sender breaks off, or the body ends before its last boundary, the content stream is destroyed with an error, which is how `take` learns
 * that the file is not whole. That error never escapes, whether or not `take` listens.
 * @param take called at most once; what it rejects with is thrown
 */
export async function receiveFile<T>(
  req: IncomingMessage,
  take: (file: ArrivingFile) => Promise<T>,
  patience: Patience = usualPatience,
): Promise<ReceivedFile<T>> {
  const parser = openParser(req, 'latin1');
  if (!parser) return { state: 'not_multipart' };
  const inUtf8 = readNameInUtf8(req);
  const fields = new Map<string, string>();
  let taking: Promise<T> | undefined;
  const names = { areReadable: true };
  let isTaken = (): void => undefined;
  const taken = new Promise<void>((resolve) => (isTaken = resolve));
  parser.on('field', (name, value) => {
    // A token and a key have only letters and digits: where this stands, something else came.
    names.areReadable &&= !value.includes(LOST_LETTER);
    fields.set(name, value);
  });
  parser.on('file', (_field, content, info) => {
    // busboy destroys the part with an error when the body ends too early. Whoever reads it hears of that; without a listener of its own the
    // error would end the whole process while nobody reads yet, or any more.
    content.on('error', () => undefined);
    const name = nameOf(info, inUtf8());
    names.areReadable &&= name !== undefined;
    if (!name || !names.areReadable) {
      content.resume();
      if (!names.areReadable) isTaken();
      return;
    }
    whenBrokenOff(req, () => content.destroy(new Error('The sender broke off.')));
    const known = info.mimeType !== 'application/octet-stream' ? { mediaType: info.mimeType } : {};
    taking = take({ fields, name, ...known, ...announced(req), content }).finally(isTaken);
    // Awaited below; without a listener of its own a quick refusal would count as unhandled until then.
    taking.catch(() => undefined);
  });
  const parsed = parse(req, parser);
  // A file that was refused leaves a part behind that nobody reads, and behind it the parser would wait for ever.
  await Promise.race([parsed, taken]);
  await readOn(req, parser, patience);
  if (!names.areReadable) return { state: 'not_utf8' };
  return taking === undefined ? { state: 'no_file', fields } : { state: 'taken', result: await taking, fields };
}

/** @param plainNames how names are read that do not say in which encoding they are */
function openParser(req: IncomingMessage, plainNames: 'latin1' | 'utf8'): busboy.Busboy | undefined {
  if (!/^multipart\/form-data\b/i.test(req.headers['content-type'] ?? '')) return undefined;
  try {
    return busboy({ headers: req.headers, limits: fieldLimits, defParamCharset: plainNames });
  } catch (error) {
    if (error instanceof Error && /boundary|content-type/i.test(error.message)) return undefined;
    throw error;
  }
}

/**
 * The name as it was sent. The parser hands over the bytes of a plain one, each as one character, so that nothing of them is lost; one that says in which encoding it is
 * (`filename*`, RFC 5987) it hands over read, and does not tell which it was. What was read in an encoding of its own reads the same whatever plain names are taken for;
 * a plain name with more than ASCII letters never does.
 * @param inUtf8 the name when plain ones are taken for UTF-8
 * @returns undefined when a plain one is not UTF-8, or one with an encoding is not in that encoding
 */
function nameOf({ filename = '' }: { readonly filename?: string | undefined }, inUtf8: string | undefined): string | undefined {
  if (filename === (inUtf8 ?? '')) return filename.includes(LOST_LETTER) ? undefined : filename;
  const bytes = Buffer.from(filename, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/**
 * Reads the head of the first file a second time, with plain names taken for UTF-8. It must be there before the body is piped anywhere: then it has read each piece before.
 * @returns gives the name once that was read
 */
function readNameInUtf8(req: IncomingMessage): () => string | undefined {
  const reader = openParser(req, 'utf8');
  let name: string | undefined;
  const read = (piece: Buffer): void => void reader?.write(piece);
  const enough = (): void => void req.off('data', read);
  reader?.on('error', enough);
  reader?.on('file', (_field, content, { filename }) => {
    name = filename;
    content.on('error', () => undefined);
    content.resume();
    enough();
  });
  req.on('data', read);
  return () => name;
}

function announced({ headers }: IncomingMessage): { readonly announcedBytes?: number } {
  const length = Number(headers['content-length']);
  return Number.isSafeInteger(length) ? { announcedBytes: Math.max(length - ENVELOPE_BYTES, 1) } : {};
}

function whenBrokenOff(req: IncomingMessage, then: () => void): void {
  req.once('close', () => {
    if (!req.complete) then();
  });
}

/** Resolves when the whole body was parsed, or will not come any more. */
function parse(req: IncomingMessage, parser: busboy.Busboy): Promise<void> {
  return new Promise((resolve) => {
    parser.once('close', resolve);
    // A body that is not well-formed multipart ends like one that broke off: the file, if any, is not whole. There may be more than one such error.
    parser.on('error', () => resolve());
    whenBrokenOff(req, () => {
      parser.destroy();
      resolve();
    });
    req.pipe(parser);
  });
}

/** Reads what is left of a body without looking at it. When that is too much, the answer still goes out and the connection is let go. */
function readOn(req: IncomingMessage, parser: busboy.Busboy, { bytes, ms }: Patience): Promise<void> {
  req.unpipe(parser);
  if (req.complete || req.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let left = bytes;
    const over = setTimeout(letGo, ms);
    req.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) letGo();
    });
    req.once('close', enough);
    req.once('end', enough);
    req.resume();

    function enough(): void {
      clearTimeout(over);
      resolve();
    }
    function letGo(): void {
      enough();
      setTimeout(() => req.socket.destroy(), GOODBYE_MS).unref();
    }
  });
}
