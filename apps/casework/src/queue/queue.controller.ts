import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ListQueue } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { Languages, PageRenderer, Requires, contextOf, keepQuery, readForm } from '@recourse/web';
import { codeWords } from '../case/code-word';
import { presentStaff } from '../sign-in/present-staff';
import { queueModel } from './queue.page';
import { QueueQuery } from './queue.query';

/** What is new and what is due: where a day's work starts. */
@Controller()
@Requires('case:read')
export class QueueController {
  constructor(
    private readonly listQueue: ListQueue,
    private readonly pages: PageRenderer,
    private readonly languages: Languages,
    private readonly clock: Clock,
  ) {}

  @Get(['', 'cases'])
  async show(@Query() query: unknown, @Req() req: Request, @Res() res: Response): Promise<void> {
    // An address that somebody typed wrong shows the first page instead of an error.
    const read = readForm(QueueQuery, query);
    const { show, after } = read.ok ? read.form : new QueueQuery();
    const filter = show ?? 'all';
    const now = this.clock.now();
    const page = await this.listQueue.run({ actor: presentStaff(req), filter, ...(after === undefined ? {} : { after }), now });
    const say = this.pages.say(res);
    const reader = { language: contextOf(res).language, now, say, word: codeWords(this.languages, say) };
    const model = queueModel(page, filter, after, reader);
    keepQuery(res, { show, after });
    this.pages.render(res, 'queue/queue.njk', { ...model, now });
  }
}
