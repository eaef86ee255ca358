import type { Response } from 'express';
import type { FormPage, PageRenderer } from '@recourse/web';
import { messageLimit } from '../complaint-form/within-limit';
import type { Unfinished } from './return.form';

/** A message or an addition, and what there is to say about it. */
export interface Writing {
  readonly what: Unfinished;
  readonly form: FormPage;
  readonly key: string;
  readonly status: number;
  /** When it can be sent, where waiting helps. */
  readonly retryAfterSeconds?: number;
}

/** The page on which a message or an addition is written. */
export function writePage(pages: PageRenderer, res: Response, { what, form, key, status, retryAfterSeconds }: Writing): void {
  const model = {
    what: what === 'message' ? 'write' : 'add',
    action: `/my-complaint/${what}`,
    form,
    key,
    limit: messageLimit,
  };
  if (retryAfterSeconds !== undefined) res.setHeader('retry-after', String(retryAfterSeconds));
  pages.render(res, 'my-complaint/write.njk', model, status);
}
