import { Controller, Get, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { isSetAsideWork, ListSetAside, TryAgain } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { contextOf, keepQuery, Languages, PageRenderer, readForm, Requires, TakesNoBody } from '@recourse/web';
import { codeWords } from '../case/code-word';
import { presentStaff } from '../sign-in/present-staff';
import { setAsideModel } from './set-aside.page';
import { SetAsideQuery } from './set-aside.query';

/** What the page says when something is tried again. */
const DONE = { clock: 'tried', task: 'tried', case_key: 'key_tried', team_key: 'team_key_tried' } as const;

/** What the machine gave up, and keys that did not open, for an administrator to look at and to have tried again. */
@Controller('set-aside')
@Requires('set_aside:manage')
export class SetAsideController {
  constructor(
    private readonly listSetAside: ListSetAside,
    private readonly tryAgain: TryAgain,
    private readonly pages: PageRenderer,
    private readonly languages: Languages,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Query() query: unknown, @Req() req: Request, @Res() res: Response): Promise<void> {
    // An address that somebody typed wrong shows the first page instead of an error.
    const read = readForm(SetAsideQuery, query);
    await this.page(req, res, read.ok ? read.form : new SetAsideQuery());
  }

  /** Pressed twice, the second time finds nothing to do: the page says so, and shows what is set aside now. */
  @Post(':work/:id')
  @TakesNoBody()
  async retry(@Param('work') work: string, @Param('id') id: string, @Req() req: Request, @Res() res: Response): Promise<void> {
    if (!isSetAsideWork(work)) throw new NotFoundException();
    const tried = await this.tryAgain.run({ actor: presentStaff(req), work, id, now: this.clock.now() });
    if (tried.ok) {
      res.redirect(303, `/set-aside?done=${DONE[work]}`);
      return;
    }
    await this.page(req, res, new SetAsideQuery(), tried.code);
  }

  /** Where the browser stands after a refusal: loading again or changing the language shows the list. */
  @Get(':work/:id')
  back(@Res() res: Response): void {
    res.redirect(303, '/set-aside');
  }

  private async page(req: Request, res: Response, { after, done }: SetAsideQuery, refusal?: string): Promise<void> {
    const page = await this.listSetAside.run({ actor: presentStaff(req), ...(after === undefined ? {} : { after }) });
    keepQuery(res, { after, done });
    const model = setAsideModel(page, after, contextOf(res).language, codeWords(this.languages, this.pages.say(res)));
    this.pages.render(res, 'set-aside/set-aside.njk', { ...model, done, refusal }, refusal === undefined ? 200 : 409);
  }
}
