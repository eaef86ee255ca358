import type { Response } from 'express';
import type { FormPage, PageRenderer } from '@recourse/web';
import { narrativeLimit } from '../complaint-form/within-limit';
import type { Unfinished } from './return.form';

/** The page on which a message or an addition is written. */
export function writePage(pages: PageRenderer, res: Response, what: Unfinished, form: FormPage, key: string, status: number): void {
  const model = {
    what: what === 'message' ? 'write' : 'add',
    action: `/my-complaint/${what}`,
    form,
    key,
    limit: narrativeLimit,
  };
  pages.render(res, 'my-complaint/write.njk', model, status);
}
