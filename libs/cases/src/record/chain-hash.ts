import { createHash } from 'node:crypto';
import { eventHashInput } from '@recourse/domain';
import type { ChainHead, ChainLink } from '@recourse/persistence';

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
  readonly kind: 'gap' | 'link' | 'content' | 'head' | 'beyond';
}

/**
 * Walks a chain and returns its first break, or undefined.
 * @param chain its events by `seq`
 * @param head where the database says that the chain ends; read it *before* the chain, which may have grown since. Undefined when the database knows of no end:
 *   a break, because every chain has one
 * @param later where it ends, read *after* the chain: what lies beyond that was written past the database
 */
export function firstBreak(chain: readonly ChainLink[], head: ChainHead | undefined, later = head): Break | undefined {
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
    if ([head, later].some((end) => link.seq === end?.lastSeq && !link.hash.equals(end.lastHash))) {
      return { seq: link.seq, kind: 'head' };
    }
    previous = link.hash;
  }
  // The head is written with each event: a chain that ends before its head was cut.
  if (head === undefined || later === undefined || chain.length < head.lastSeq) {
    return { seq: chain.length + 1, kind: 'head' };
  }
  // And one that goes on after it was added to by somebody who went round the trigger.
  return chain.length > later.lastSeq ? { seq: later.lastSeq + 1, kind: 'beyond' } : undefined;
}
