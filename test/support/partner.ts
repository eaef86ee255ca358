import { randomUUID } from 'node:crypto';

/** What a partner's tool is told when it files. */
export interface Filed {
  readonly reference: string;
  readonly receipt: string;
}

/** An answer of the JSON API. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/**
 * Sends JSON to the API and reads its answer.
 * @param key idempotency key; a new one when absent
 */
export async function send<T>(
  address: string,
  body: object,
  { key = randomUUID(), ...headers }: Record<string, string> = {},
): Promise<Answer<T>> {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key, ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as T };
}

/** Reads JSON from the API. */
export async function read<T>(address: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
  const response = await fetch(address, { headers });
  return { status: response.status, body: (await response.json()) as T };
}

/** Files a complaint at the public door. */
export function file(intake: string, complaint: object, key?: string): Promise<Answer<Filed>> {
  return send<Filed>(`${intake}/api/v1/complaints`, complaint, key === undefined ? {} : { key });
}

/** The header that shows a receipt. */
export function showing(receipt: string): { readonly authorization: string } {
  return { authorization: `Receipt ${receipt}` };
}

/**
 * Lets `count` clients work at once until nothing is left.
 * @param work called with the number of each piece, from 0
 */
export async function atOnce<T>(count: number, pieces: number, work: (piece: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < pieces) {
      const piece = next++;
      results[piece] = await work(piece);
    }
  };
  await Promise.all(Array.from({ length: count }, client));
  return results;
}
