/** Up to this padded length, steps are small; beyond it a step is as long as this. */
const SMALL_LIMIT = 4096;
const SMALL_STEP = 256;
const MARK = 0x80;

/**
 * Pads as ISO/IEC 7816-4 does: one byte 0x80, then zeros. The result is a multiple of 256 bytes up to 4 KiB, and a
 * multiple of 4 KiB above, so that an answer's length says "short", "a page" or "long" and no more.
 */
export function pad(content: Buffer): Buffer {
  const step = content.length < SMALL_LIMIT ? SMALL_STEP : SMALL_LIMIT;
  return padToMultiple(content, step);
}

/** Takes the padding off; `undefined` when there is none. Only for content whose authenticity has been verified. */
export function unpad(padded: Buffer): Buffer | undefined {
  const end = padded.lastIndexOf(MARK);
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) return undefined;
  return padded.subarray(0, end);
}

/** Pads to the next multiple of `step` bytes; always adds at least one byte. */
export function padToMultiple(content: Buffer, step: number): Buffer {
  const padded = Buffer.alloc((Math.floor(content.length / step) + 1) * step);
  content.copy(padded);
  padded[content.length] = MARK;
  return padded;
}
