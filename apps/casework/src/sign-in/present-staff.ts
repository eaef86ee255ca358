import type { Request } from 'express';
import type { SignedInStaff } from '@recourse/cases';

// A WeakMap instead of a property of the request, so that nothing that prints a request can print an unlocked key.
const present = new WeakMap<Request, SignedInStaff>();
const handled = new WeakSet<Request>();
const entered = new WeakMap<Request, string>();

/** Remembers who came with this request; called by the doorkeeper alone. */
export function rememberStaff(req: Request, actor: SignedInStaff): void {
  present.set(req, actor);
}

/** Who came with this request, or undefined on a public page. */
export function staffIfPresent(req: Request): SignedInStaff | undefined {
  return present.get(req);
}

/** @throws Error on a route that is `@Public()`: nobody passed the doorkeeper there. */
export function presentStaff(req: Request): SignedInStaff {
  const actor = present.get(req);
  if (!actor) throw new Error('Nobody passed the doorkeeper on this route.');
  return actor;
}

/** Remembers that a handler runs for this request: until it has ended it may need the key of whoever came. */
export function rememberHandled(req: Request): void {
  handled.add(req);
}

/** Whether a handler runs, or ran, for this request. */
export function isHandled(req: Request): boolean {
  return handled.has(req);
}

/** Remembers who has just signed in by this request, which passed no doorkeeper. */
export function rememberEntered(req: Request, staffId: string): void {
  entered.set(req, staffId);
}

/** Id of whoever is signed in when this request is answered, or undefined: the forms of the answer are given to them. */
export function ownerOf(req: Request): string | undefined {
  return present.get(req)?.staffId ?? entered.get(req);
}
