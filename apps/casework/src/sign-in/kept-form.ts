import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { SessionRules, DEVICE_DAYS } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import {
  formPage,
  FormTokens,
  LostSession,
  tokenField,
  webOptionsToken,
  type KeptFields,
  type OtherPage,
  type WebOptions,
} from '@recourse/web';
import { openToken, sealToken } from '@recourse/vault';
import { lateForm, pageOf, type LateForm } from './late-form';

/** For so long a form is kept for whoever signs in again. */
const KEPT_HOURS = 12;
/** What is kept comes back in a form of its own, which may not be larger than a body may be. Characters. */
export const LONGEST_KEPT = 1_500_000;

/** Known by nobody but this program: whose a form is, its token tells. */
const PURPOSE = 'late-form';

interface KeptForm {
  readonly late: LateForm;
  /** With which the form was given out. */
  readonly token: string;
}

/**
 * Keeps a form that was sent when nobody was signed in (any more), sealed inside of the page on which its writer signs in again, for them alone: it opens after the
 * password of whoever its token was given to. Until then nothing of it is shown. Nothing is stored, and nothing is sent until they have seen all of it and press
 * the button once more.
 */
@Injectable()
export class KeptForms extends LostSession {
  constructor(
    @Inject(webOptionsToken) private readonly options: WebOptions,
    private readonly rules: SessionRules,
    private readonly clock: Clock,
    private readonly tokens: FormTokens,
  ) {
    super();
  }

  page(req: Request, _res: Response, fields: KeptFields, isOver: boolean): OtherPage | undefined {
    const token = (req.body as Record<string, unknown>)[tokenField];
    if (!this.tokens.namesOwner(token)) return undefined;
    const until = new Date(this.clock.machineNow().getTime() + KEPT_HOURS * 3_600_000);
    const late = lateForm(req.originalUrl, fields);
    const kept = late && sealToken(this.options.secret, PURPOSE, { late, token } satisfies KeptForm, until);
    if (kept !== undefined && kept.length > LONGEST_KEPT) return undefined;
    const form = formPage({ next: pageOf(req.originalUrl) });
    const model = {
      form,
      kept,
      isDropped: kept === undefined,
      over: isOver ? overModel(this.rules) : undefined,
      deviceDays: DEVICE_DAYS,
    };
    return { template: 'sign-in/sign-in.njk', model };
  }

  /** The form, when it is this person's. */
  open(kept: string | undefined, staffId: string): LateForm | undefined {
    const opened = openToken(this.options.secret, PURPOSE, kept ?? '', this.clock.machineNow());
    if (!opened.ok) return undefined;
    const { late, token } = opened.value as KeptForm;
    return this.tokens.isGivenTo(staffId, token) ? late : undefined;
  }
}

/** What the page says about how long a sign-in lasts. */
export function overModel({ idleMinutes, hours }: SessionRules): { readonly minutes: number; readonly hours: number } {
  return { minutes: idleMinutes, hours };
}
