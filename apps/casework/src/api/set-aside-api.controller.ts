import { Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiCookieAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { isSetAsideWork, ListSetAside, TryAgain } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { CheckedQuery, outage, Refused, Refuses, RefusesBodies, Requires, TakesNoBody } from '@recourse/web';
import { presentStaff } from '../sign-in/present-staff';
import { SetAsidePageAnswer } from './answers/people.answer';
import { PageQuery } from '../queue/page.query';

/** What was given up, for programs: the same use cases as the page. */
@Controller('api/v1/set-aside')
@Requires('set_aside:manage')
@ApiTags('set aside')
@ApiCookieAuth()
@Refuses(503, outage)
@Refuses(401, { sign_in_first: '' })
@Refuses(403, { forbidden: 'this is for administrators' })
export class SetAsideApiController {
  constructor(
    private readonly listSetAside: ListSetAside,
    private readonly tryAgain: TryAgain,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What the machine gave up, and case keys that did not open, a page at a time' })
  @ApiQuery({ name: 'after', type: String, required: false, description: '`next` of the page before.' })
  @ApiQuery({ name: 'limit', schema: { type: 'integer', minimum: 1, maximum: 200 }, required: false, description: '50 when absent.' })
  @ApiOkResponse({ type: SetAsidePageAnswer })
  @Refuses(400, { body_invalid: 'a parameter is unknown or wrong, listed in `errors`' })
  async list(@CheckedQuery() { after, limit }: PageQuery, @Req() req: Request): Promise<SetAsidePageAnswer> {
    return this.listSetAside.run({
      actor: presentStaff(req),
      ...(after === undefined ? {} : { after }),
      ...(limit === undefined ? {} : { limit }),
    });
  }

  @Post(':work/:id')
  @HttpCode(204)
  @TakesNoBody()
  @RefusesBodies()
  @ApiOperation({ summary: 'Have it tried again', description: 'With all its attempts before it. The record says who asked for it.' })
  @ApiParam({ name: 'work', enum: ['clock', 'task', 'case_key', 'team_key'] })
  @ApiParam({ name: 'id', description: 'Out of the list.' })
  @ApiNoContentResponse()
  @Refuses(404, { not_found: 'no such kind of work' })
  @Refuses(409, { not_set_aside: 'somebody had it tried again before, its case has moved on, or there is no such work' })
  async retry(@Param('work') work: string, @Param('id') id: string, @Req() req: Request): Promise<void> {
    if (!isSetAsideWork(work)) throw new Refused(404, 'not_found');
    const tried = await this.tryAgain.run({ actor: presentStaff(req), work, id, now: this.clock.now() });
    if (!tried.ok) throw new Refused(409, tried.code);
  }
}
