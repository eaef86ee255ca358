import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { BoardRules, ListBoard } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { contextOf, keepQuery, Languages, PageRenderer, readForm, Requires } from '@recourse/web';
import { codeWords } from '../case/code-word';
import { presentStaff } from '../sign-in/present-staff';
import { boardModel } from './board.page';
import { BoardQuery } from './board.query';

/** What is late, due, waiting too long or in nobody's hands: for whoever answers for a team. */
@Controller('board')
@Requires('board:read')
export class BoardController {
  constructor(
    private readonly listBoard: ListBoard,
    private readonly rules: BoardRules,
    private readonly pages: PageRenderer,
    private readonly languages: Languages,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Query() query: unknown, @Req() req: Request, @Res() res: Response): Promise<void> {
    // An address that somebody typed wrong shows the first page instead of an error.
    const read = readForm(BoardQuery, query);
    const { show, after } = read.ok ? read.form : new BoardQuery();
    const part = show ?? 'late';
    const now = this.clock.now();
    const page = await this.listBoard.run({
      actor: presentStaff(req),
      part,
      ...(after === undefined ? {} : { after }),
      now,
    });
    const say = this.pages.say(res);
    const reader = { language: contextOf(res).language, now, say, word: codeWords(this.languages, say) };
    const model = boardModel(page, part, after, reader);
    keepQuery(res, { show, after });
    this.pages.render(res, 'board/board.njk', { ...model, pausedTooLongDays: this.rules.pausedTooLongDays });
  }
}
