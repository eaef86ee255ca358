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
  readonly content: Readable;
}

/**
 * - `taken`: what `take` made of the file.
 * - `no_file`: the body ended without one, or with an unnamed empty part (a file field left alone).
 * - `not_multipart`: another content type, or no boundary.
 */
export type ReceivedFile<T> =
  | { readonly state: 'taken'; readonly result: T; readonly fields: ReadonlyMap<string, string> }
  | { readonly state: 'no_file'; readonly fields: ReadonlyMap<string, string> }
  | { readonly state: 'not_multipart' };

/** Small texts only: a token and a key. */
const fieldLimits = { fields: 10, fieldNameSize: 100, fieldSize: 1000, files: 1 };
/** How much of a refused file is still read, so that the browser hears the answer instead of a cut connection. */
const patienceBytes = 64 * 1024 * 1024;

/**
 * Reads a multipart body as a stream and hands the first file to `take` while it is still arriving: no byte of it is
 * kept here, in memory or on disk.
 *
 * When the sender breaks off, the content stream is destroyed with an error, which is how `take` learns that the file
 * is not whole.
 * @param take called at most once; what it rejects with is thrown
 */
export async function receiveFile<T>(req: IncomingMessage, take: (file: ArrivingFile) => Promise<T>): Promise<ReceivedFile<T>> {
  const parser = openParser(req);
  if (!parser) return { state: 'not_multipart' };
  const fields = new Map<string, string>();
  let taking: Promise<T> | undefined;
  parser.on('field', (name, value) => fields.set(name, value));
  parser.on('file', (_field, content, info) => {
    const name = info.filename;
    if (!name) {
      content.resume();
      return;
    }
    const breakOff = () => content.destroy(new Error('The sender broke off.'));
    req.once('aborted', breakOff);
    req.once('error', breakOff);
    const known = info.mimeType !== 'application/octet-stream' ? { mediaType: info.mimeType } : {};
    taking = take({ fields, name, ...known, content }).finally(() => drain(content));
    // Awaited below; without a listener of its own a quick refusal would count as unhandled until then.
    taking.catch(() => undefined);
  });
  await finished(req, parser);
  return taking === undefined ? { state: 'no_file', fields } : { state: 'taken', result: await taking, fields };
}

function openParser(req: IncomingMessage): busboy.Busboy | undefined {
  if (!/^multipart\/form-data\b/i.test(req.headers['content-type'] ?? '')) return undefined;
  try {
    return busboy({ headers: req.headers, limits: fieldLimits, defParamCharset: 'utf8' });
  } catch (error) {
    if (error instanceof Error && /boundary|content-type/i.test(error.message)) return undefined;
    throw error;
  }
}

/** Reads on when a file was refused half-way, up to a limit; then lets go of the connection. */
function drain(content: Readable): void {
  if (content.readableEnded || content.destroyed) return;
  let left = patienceBytes;
  content.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) content.destroy();
  });
  content.resume();
}

/** Resolves when the whole body was parsed, or will not come any more. */
function finished(req: IncomingMessage, parser: busboy.Busboy): Promise<void> {
  return new Promise((resolve) => {
    parser.once('close', resolve);
    // A body that is not well-formed multipart ends like one that broke off: the file, if any, is not whole.
    parser.once('error', () => resolve());
    req.once('aborted', () => {
      parser.destroy();
      resolve();
    });
    req.pipe(parser);
  });
}
