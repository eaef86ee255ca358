import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Languages, PageRenderer, Public } from '@recourse/web';

/** The first two pages: the language, and what to know before starting. Nothing is asked yet. */
@Controller()
@Public()
export class StartController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly languages: Languages,
  ) {}

  @Get()
  chooseLanguage(@Res() res: Response): void {
    const choices = this.languages.all.map((one) => ({ ...one, what: this.languages.in(one.code)('intake-start.choose.what') }));
    this.pages.render(res, 'start/choose-language.njk', { choices });
  }

  @Get('before-you-start')
  beforeYouStart(@Res() res: Response): void {
    this.pages.render(res, 'start/before-you-start.njk');
  }
}
