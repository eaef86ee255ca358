import type { Type } from '@nestjs/common';
import type { Clock } from '@recourse/clock';
import type { Request, Response } from 'express';
import type { Doorkeeper } from './access/doorkeeper';
import type { LostSession } from './access/lost-session';

/** What one process tells the web pipeline about itself; made from its settings, once, at start. */
export interface WebOptions {
  /** Provided to every controller of the process. */
  readonly clock: Clock;
  readonly mode: 'development' | 'production' | 'test';
  /** Address under which people reach this process; https switches on Secure cookies and HSTS. */
  readonly publicUrl: string;
  /** 32 bytes of this process's own secret; form tokens are signed with it. */
  readonly secret: Buffer;
  /** Codes of the languages offered, the first one being the fallback. */
  readonly languages: readonly string[];
  /** How the files of texts begin that only another program shows: they are not read. `casework-` */
  readonly textsOfOthers?: string | undefined;
  /** IANA time zone in which dates are shown: the institution's. */
  readonly timeZone: string;
  readonly institution: { readonly name: string; readonly website?: string | undefined };
  /** Neutral page that "Exit this page" leads to; undefined where there is no such button (staff). */
  readonly exitUrl?: string | undefined;
  /** Absolute folders of the app's own templates, searched before ours. */
  readonly viewFolders: readonly string[];
  /** Layout that error pages extend: `layouts/public.njk` or `layouts/staff.njk`. */
  readonly layout: 'layouts/public.njk' | 'layouts/staff.njk';
  /**
   * Whether a page about a lost form token shows what the form brought, to be copied. True for staff, if it was given to whoever sends it. False for the public door: there the visit may be
   * over because somebody left, and whoever then presses "Back" and sends the page again must find nothing (docs/adr/0002).
   */
  readonly showsLostForms: boolean;
  /**
   * Fields of this app's forms that are not shown under "What you wrote" when a form is refused: nobody typed them (keys, revisions, buttons, choices), or
   * they open something. Everything else in a form is shown, so that no text can be lost for want of being on a list.
   */
  readonly unshownFields: readonly string[];
  /** Adds to the model of every page, error pages included: who is signed in, the navigation. */
  readonly pageModel?: ((req: Request, res: Response) => object) | undefined;
  /** Id of whoever is signed in, for whom forms are given out; absent where nobody signs in. */
  readonly ownerOf?: ((req: Request) => string | undefined) | undefined;
  /** Where somebody is sent who must sign in first; undefined where nobody signs in. */
  readonly signInPath?: string | undefined;
  /**
   * Proxies that are believed when they say where a request comes from (`X-Forwarded-For`), as express takes them: addresses, subnets, `loopback`. Absent: none,
   * and every request comes from whoever connects.
   */
  readonly trustedProxies?: readonly string[] | undefined;
  /** After how many milliseconds without a byte a connection is cut; two minutes when absent. */
  readonly longestSilenceMs?: number;
  /** What somebody is shown who sends a form when their session is over; without one, what they wrote. */
  readonly lostSession?: Type<LostSession> | undefined;
  /** What else than a database that is away means that nothing was stored and that it may succeed later: told in the same way (503). */
  readonly isAway?: ((error: unknown) => boolean) | undefined;
  /** What means that published rules cannot be gone by: nothing was stored, and it succeeds when whoever runs the installation has put that right (503). */
  readonly isAboutRules?: ((error: unknown) => boolean) | undefined;
  /** What means that the keys to what somebody wants to read do not open for them: their page says so. Otherwise it is a failure of ours like any other (500). */
  readonly isSealedShut?: ((error: unknown) => boolean) | undefined;
  /** Decides about `@Requires(…)`; without one, every such route is refused. */
  readonly doorkeeper?: Type<Doorkeeper> | undefined;
}

/** Injection token of `WebOptions`. */
export const webOptionsToken = Symbol('WebOptions');

/**
 * Most that can be typed into one field, in UTF-16 units, as browsers count for `maxlength`: 100,000 characters of any script and some more; percent-encoded it
 * fits into `bodyLimit`. A longer paste is cut by the browser without a word, so a text of exactly this length is asked about.
 */
export const typingLimit = 201_000;

/** Largest body of a form or of JSON, in bytes. 100,000 characters of any script, percent-encoded, fit in. */
export const bodyLimit = 2 * 1024 * 1024;
