import type { ActorKind, CaseEvent, SealedEventPayload } from '@recourse/domain';
import { appendEvent } from '@recourse/persistence';
import { sealJson, type CaseKey } from '@recourse/vault';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { eventPayloadPlace } from '../keys/places';

/** In whose name an event is written. */
export interface EventActor {
  readonly kind: ActorKind;
  /** `staff_member.id`; only for staff. */
  readonly id?: string;
}

/** The software acting by itself. */
export const SYSTEM: EventActor = { kind: 'system' };
/** The holder of the receipt. */
export const COMPLAINANT: EventActor = { kind: 'complainant' };

/** What happened, where, and in whose name. */
export type NewEvent = CaseEvent & {
  readonly caseId: string;
  readonly trackId?: string;
  readonly actor: EventActor;
  readonly now: Date;
  /** What a person wrote, with the key to seal it. */
  readonly sealed?: { readonly key: CaseKey; readonly content: SealedEventPayload };
};

/** Appends to the record of a case. Do it late in a transaction: writers of one case queue up here. @returns the event's id */
export async function appendToRecord(tx: EntityManager, event: NewEvent): Promise<string> {
  const id = v7();
  await appendEvent(tx, {
    id,
    caseId: event.caseId,
    trackId: event.trackId ?? null,
    type: event.type,
    payload: { ...event.payload },
    sealedPayload: event.sealed ? sealJson(event.sealed.key, eventPayloadPlace(event.caseId, id), event.sealed.content) : null,
    actorKind: event.actor.kind,
    actorId: event.actor.id ?? null,
    occurredAt: event.now,
  });
  return id;
}
