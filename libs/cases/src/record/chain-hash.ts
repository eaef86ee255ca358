import { createHash } from 'node:crypto';
import { eventHashInput } from '@recourse/domain';
import type { ChainLink } from '@recourse/persistence';

/** `prev_hash` of the first event of a chain. */
export const CHAIN_START = Buffer.alloc(32);

/**
 * The hash of one event, computed outside the database from the same bytes as `recourse_chain_hash` in the migration 0018_staff_chain.sql:
 * SHA-256 of the previous hash, the readable columns as text joined by line feeds, and the sealed payload.
 */
export function chainHash(link: Omit<ChainLink, 'id' | 'hash'>): Buffer {
  const hash = createHash('sha256').update(link.prevHash).update(eventHashInput(link), 'utf8');
  return hash.update(link.sealedPayload ?? Buffer.alloc(0)).digest();
}

/** Where a chain first does not hold. */
export interface Break {
  readonly seq: number;
  readonly kind: 'gap' | 'link' | 'content' | 'head';
}

/**
 * Walks a chain and returns its first break, or undefined.
 * @param chain its events by `seq`
 * @param head where the database says that the chain ends; read it *before* the chain, which may have grown since. Undefined when the database knows of no end:
 *   a break, because every chain has one
 */
export function firstBreak(
  chain: readonly ChainLink[],
  head: { readonly lastSeq: number; readonly lastHash: Buffer } | undefined,
): Break | undefined {
  let previous: Buffer = CHAIN_START;
  for (const [index, link] of chain.entries()) {
    const expected = index + 1;
    if (link.seq !== expected) {
      return { seq: expected, kind: 'gap' };
    }
    if (!link.prevHash.equals(previous)) {
      return { seq: link.seq, kind: 'link' };
    }
    if (!chainHash(link).equals(link.hash)) {
      return { seq: link.seq, kind: 'content' };
    }
    if (link.seq === head?.lastSeq && !link.hash.equals(head.lastHash)) {
      return { seq: link.seq, kind: 'head' };
    }
    previous = link.hash;
  }
  // The head is written with each event: a chain that ends before its head was cut.
  return head === undefined || chain.length < head.lastSeq ? { seq: chain.length + 1, kind: 'head' } : undefined;
}
