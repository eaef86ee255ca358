import { Controller, Get, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { FilingDesk } from '@recourse/cases';
import { COMPLAINT_KINDS, type ComplaintKind } from '@recourse/domain';
import { contextOf, PageRenderer, Public } from '@recourse/web';
import { processPage } from './process.page';
import { processPicture } from './process-picture';

/** What happens to a complaint and when, read from the procedure that a new complaint would begin on (UNGP 31: predictable). */
@Controller('what-happens')
@Public()
export class ProcessController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly desk: FilingDesk,
  ) {}

  @Get()
  async show(@Res() res: Response, @Query('kind') asked?: unknown): Promise<void> {
    const kind = COMPLAINT_KINDS.find((known) => known === asked);
    const { procedure } = await this.desk.current(kind);
    const page = processPage(procedure, contextOf(res).language);
    const model = { ...page, picture: processPicture(page, this.pages.say(res)), others: await this.others(kind, procedure.procedure) };
    this.pages.render(res, 'process/process.njk', model);
  }

  /** The kinds of complaints that go another way than the one that is shown, and that can be filed now. */
  private async others(shown: ComplaintKind | undefined, procedure: string): Promise<readonly ComplaintKind[]> {
    const open = [...(await this.desk.open())];
    return open.filter(([kind, desk]) => kind !== shown && desk.procedure.procedure !== procedure).map(([kind]) => kind);
  }
}
