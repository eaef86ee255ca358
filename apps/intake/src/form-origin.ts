import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { webOptionsToken, type WebOptions } from '@recourse/web';

/** `unsaid`: the browser does not say. It is let in, for there are such browsers; what another site can do with that is said on the page (docs/adr/0030). */
export type FormOrigin = 'here' | 'elsewhere' | 'unsaid';

/**
 * From which site a form comes that brings no token of a visit. Browsers since 2020 (Safari since 2023) say so in `Sec-Fetch-Site`. Older ones name themselves in
 * `Origin`, or in `Referer`, which our pages let them send to ourselves (`Referrer-Policy: same-origin`); no page of another site can write either.
 */
@Injectable()
export class FormOrigins {
  readonly #publicHost: string;

  constructor(@Inject(webOptionsToken) { publicUrl }: WebOptions) {
    this.#publicHost = new URL(publicUrl).host;
  }

  of({ headers }: Pick<Request, 'headers'>): FormOrigin {
    const site = headers['sec-fetch-site'];
    if (site !== undefined) return site === 'same-origin' || site === 'none' ? 'here' : 'elsewhere';
    // `Origin: null` names nobody: sent by browsers that hide it, and by whoever wants to be taken for one of them.
    const named = hostOf(headers.origin) ?? hostOf(headers.referer);
    if (named === undefined) return 'unsaid';
    // A proxy may have put its own name into `Host`.
    return named === headers.host || named === this.#publicHost ? 'here' : 'elsewhere';
  }
}

function hostOf(address: string | undefined): string | undefined {
  return address !== undefined && URL.canParse(address) ? new URL(address).host : undefined;
}
