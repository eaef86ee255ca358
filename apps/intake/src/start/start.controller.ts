import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { PageRenderer, Public } from '@recourse/web';

/** The first two pages: the language, and what to know before starting. Nothing is asked yet. */
@Controller()
@Public()
export class StartController {
  constructor(private readonly pages: PageRenderer) {}

  @Get()
  chooseLanguage(@Res() res: Response): void {
    this.pages.render(res, 'start/choose-language.njk');
  }

  @Get('before-you-start')
  beforeYouStart(@Res() res: Response): void {
    this.pages.render(res, 'start/before-you-start.njk');
  }
}
