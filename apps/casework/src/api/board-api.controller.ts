import { Controller, Get, Req } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { BOARD_PARTS, ListBoard } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { CheckedQuery, outage, Refuses, Requires } from '@recourse/web';
import { BoardQuery } from '../board/board.query';
import { presentStaff } from '../sign-in/present-staff';
import { BoardPageAnswer } from './answers/board.answer';

/** The board for programs: the same use case as the page. */
@Controller('api/v1/board')
@Requires('board:read')
@ApiTags('board')
@ApiCookieAuth()
@Refuses(503, outage)
@Refuses(401, { sign_in_first: '' })
@Refuses(403, { forbidden: 'the board is for supervisors and directors' })
export class BoardApiController {
  constructor(
    private readonly listBoard: ListBoard,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What is late, due, waiting too long or in nobody’s hands in your teams, a page at a time' })
  @ApiQuery({ name: 'show', enum: BOARD_PARTS, required: false, description: 'Which part; `late` when absent.' })
  @ApiQuery({ name: 'after', type: String, required: false, description: '`next` of the page before.' })
  @ApiQuery({ name: 'limit', schema: { type: 'integer', minimum: 1, maximum: 200 }, required: false, description: '50 when absent.' })
  @ApiOkResponse({ type: BoardPageAnswer })
  @Refuses(400, { body_invalid: 'a parameter is unknown or wrong, listed in `errors`' })
  async list(@CheckedQuery() { show, after, limit }: BoardQuery, @Req() req: Request): Promise<BoardPageAnswer> {
    return this.listBoard.run({
      actor: presentStaff(req),
      part: show ?? 'late',
      ...(after === undefined ? {} : { after }),
      ...(limit === undefined ? {} : { limit }),
      now: this.clock.now(),
    });
  }
}
