import { Injectable, UnsupportedMediaTypeException } from '@nestjs/common';
import type { Request } from 'express';
import { Clock } from '@recourse/clock';
import { FormTokens, TokenLost, tokenField } from '@recourse/web';
import { FormOrigins } from '../form-origin';
import { DraftSealer, type DraftPlace, type OpenedDraft } from './draft';

/**
 * Decides whether a posted page of the form is taken. Normally its token does, as everywhere. A browser that keeps no cookies has no visit and so no
 * token that counts; there the draft itself shows that the page came from us, if it was sealed for that. Nobody's authority is at stake: whoever
 * makes a browser post here could as well post it themselves (docs/adr/0002).
 */
@Injectable()
export class DraftDoor {
  constructor(
    private readonly tokens: FormTokens,
    private readonly drafts: DraftSealer,
    private readonly origins: FormOrigins,
    private readonly clock: Clock,
  ) {}

  /** The visit as a place for drafts; undefined when the request brings none. */
  visitOf(req: Request): DraftPlace | undefined {
    const visit = this.tokens.visitOf(req);
    return visit === undefined ? undefined : { kind: 'visit', visit };
  }

  /**
   * Opens the draft of a posted page.
   *
   * A page whose form token is missing and whose draft opens in the visit of the cookie was made by us for this browser: no other site can make such a draft
   * or read one. It is shown again with what was typed, and taken no further.
   * @throws TokenLost when the page belongs to another visit or to none, or another site sent it
   */
  open(req: Request, draft: string): { readonly opened: OpenedDraft; readonly place: DraftPlace } {
    if (!req.is('application/x-www-form-urlencoded')) throw new UnsupportedMediaTypeException();
    const now = this.clock.machineNow();
    const place = this.visitOf(req);
    const inPage = this.drafts.open(draft, { kind: 'page' }, now);
    if (place !== undefined && this.tokens.verify(req, (req.body as Record<string, unknown>)[tokenField])) {
      const inVisit = this.drafts.open(draft, place, now);
      // Begun without cookies and going on with them: from here on it belongs to the visit.
      return { opened: inVisit.state === 'unreadable' ? inPage : inVisit, place };
    }
    if (this.origins.of(req) === 'elsewhere') throw new TokenLost();
    if (inPage.state !== 'unreadable') return { opened: inPage, place: { kind: 'page' } };
    const inVisit: OpenedDraft = place === undefined ? inPage : this.drafts.open(draft, place, now);
    if (place === undefined || !('draft' in inVisit)) throw new TokenLost();
    return { opened: { state: 'unproven', draft: inVisit.draft }, place };
  }
}
