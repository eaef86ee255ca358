import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SessionRules, DEVICE_DAYS } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { formPage, LostSession, webOptionsToken, type KeptFields, type OtherPage, type WebOptions } from '@recourse/web';
import { openToken, sealToken } from '@recourse/vault';
import { lateForm, pageOf, type LateForm } from './late-form';
import { signedOutOf } from './present-staff';

/** For so long a form is kept for whoever signs in again. */
const KEPT_HOURS = 12;
/** What is kept comes back in a form of its own, which may not be larger than a body may be. Characters. */
export const LONGEST_KEPT = 1_500_000;

/**
 * Keeps a form that somebody sent when their session was over, sealed inside of the page on which they sign in again, for them alone: it opens after their own
 * password only. Nothing is stored, and nothing is sent until they have seen all of it and press the button once more.
 */
@Injectable()
export class KeptForms extends LostSession {
  constructor(
    @Inject(webOptionsToken) private readonly options: WebOptions,
    private readonly rules: SessionRules,
    private readonly clock: Clock,
  ) {
    super();
  }

  page(req: Request, _res: Response, fields: KeptFields): OtherPage | undefined {
    const staffId = signedOutOf(req);
    if (staffId === undefined) return undefined;
    const until = new Date(this.clock.machineNow().getTime() + KEPT_HOURS * 3_600_000);
    const late = lateForm(req.originalUrl, fields);
    const kept = late && sealToken(this.options.secret, purposeOf(staffId), late, until);
    if (kept !== undefined && kept.length > LONGEST_KEPT) return undefined;
    const form = formPage({ next: pageOf(req.originalUrl) });
    const model = {
      form,
      kept,
      isDropped: kept === undefined,
      written: fields.written,
      over: overModel(this.rules),
      deviceDays: DEVICE_DAYS,
    };
    return { template: 'sign-in/sign-in.njk', model };
  }

  /** The form, when it is this person's. */
  open(kept: string | undefined, staffId: string): LateForm | undefined {
    const opened = openToken(this.options.secret, purposeOf(staffId), kept ?? '', this.clock.machineNow());
    return opened.ok ? (opened.value as LateForm) : undefined;
  }
}

/** What the page says about how long a sign-in lasts. */
export function overModel({ idleMinutes, hours }: SessionRules): { readonly minutes: number; readonly hours: number } {
  return { minutes: idleMinutes, hours };
}

function purposeOf(staffId: string): string {
  return `late-form|${staffId}`;
}
