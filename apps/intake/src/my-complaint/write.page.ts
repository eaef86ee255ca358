import type { Response } from 'express';
import type { FormPage, PageRenderer } from '@recourse/web';
import { messageLimit } from '../complaint-form/within-limit';
import type { PassModel } from './pass-model';
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

/**
 * The page on which a message or an addition is written.
 * @param pass for a browser that keeps no cookies
 */
export function writePage(pages: PageRenderer, res: Response, writing: Writing, pass?: PassModel): void {
  const { what, form, key, status, retryAfterSeconds } = writing;
  const model = {
    what: what === 'message' ? 'write' : 'add',
    action: pass?.action ?? `/my-complaint/${what}`,
    pass,
    go: `send_${what}`,
    form,
    key,
    limit: messageLimit,
  };
  if (retryAfterSeconds !== undefined) res.setHeader('retry-after', String(retryAfterSeconds));
  pages.render(res, 'my-complaint/write.njk', model, status);
}
