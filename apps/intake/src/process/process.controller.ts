import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { FilingDesk } from '@recourse/cases';
import { contextOf, PageRenderer, Public } from '@recourse/web';
import { processPage } from './process.page';

/** What happens to a complaint and when, read from the procedure that a new complaint would begin on (UNGP 31: predictable). */
@Controller('what-happens')
@Public()
export class ProcessController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly desk: FilingDesk,
  ) {}

  @Get()
  async show(@Res() res: Response): Promise<void> {
    const { procedure } = await this.desk.current();
    this.pages.render(res, 'process/process.njk', processPage(procedure, contextOf(res).language));
  }
}
