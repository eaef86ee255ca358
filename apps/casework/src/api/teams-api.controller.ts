import { Controller, Delete, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import { ApiBody, ApiCookieAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { PutOnTeam, ReadTeam, ResealCaseKeys, TakeOffTeam } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { JsonBody, outage, Refused, Refuses, RefusesBodies, Requires, TakesNoBody, unknownParameter } from '@recourse/web';
import { refusalStatus } from '../case/refusal-status';
import { presentStaff } from '../sign-in/present-staff';
import { teamOf } from '../teams/team-of';
import { KeysResealedAnswer, PutOnAnswer, TakenOffAnswer, TeamAnswer } from './answers/people.answer';
import { MembershipBody } from './people.body';

const team = { name: 'team', description: 'Code of the team, out of your session.', example: 'desk' };
const member = { name: 'member', description: 'Id of the member of staff.' };
const notThere = { not_found: 'no such team, or not yours: nobody learns which' };
const notALead = { not_allowed: 'only its lead may, and supervisors and directors who are on it' };

/** One's own teams for programs: the same use cases as the pages. */
@Controller('api/v1/teams/:team')
@Requires('case:read')
@ApiTags('teams')
@ApiCookieAuth()
@ApiParam(team)
@Refuses(503, outage)
@Refuses(401, { sign_in_first: '' })
@Refuses(403, { forbidden: 'an administrator holds no team’s key' })
@Refuses(404, notThere)
export class TeamsApiController {
  constructor(
    private readonly readTeam: ReadTeam,
    private readonly takeOffTeam: TakeOffTeam,
    private readonly putOnTeam: PutOnTeam,
    private readonly resealCaseKeys: ResealCaseKeys,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Who is on one of your teams' })
  @ApiOkResponse({ type: TeamAnswer })
  @Refuses(400, unknownParameter)
  async read(@Req() req: Request): Promise<TeamAnswer> {
    return teamOf(this.readTeam, req);
  }

  @Delete('members/:member')
  @TakesNoBody()
  @RefusesBodies()
  @ApiOperation({
    summary: 'Take somebody off it',
    description:
      'The team gets a new key, what they had in hand goes back to it, and they are signed out. Case keys that are left then: `case-keys`.',
  })
  @ApiParam(member)
  @ApiOkResponse({ type: TakenOffAnswer })
  @Refuses(409, {
    ...notALead,
    not_on_team: 'or no longer',
    last_holder: 'nobody would be left who can open its cases',
    yourself: 'somebody who stays must do it',
  })
  async takeOff(@Param('member') staffId: string, @Req() req: Request): Promise<TakenOffAnswer> {
    const { id: teamId } = await teamOf(this.readTeam, req);
    const [actor, now] = [presentStaff(req), this.clock.now()];
    const taken = await this.takeOffTeam.run({ actor, teamId, staffId, now });
    if (!taken.ok) throw new Refused(refusalStatus(taken.code), taken.code);
    return { putBack: taken.putBack, keys: await this.reseal(req, teamId) };
  }

  @Put('members/:member')
  @ApiOperation({
    summary: 'Put somebody who has an account on it, or back on it',
    description: 'You hand them the key of the team; they open all its cases, and are told by mail. Repeating it is safe.',
  })
  @ApiParam(member)
  @ApiBody({ type: MembershipBody })
  @ApiOkResponse({ type: PutOnAnswer })
  @RefusesBodies()
  @Refuses(404, { ...notThere, no_such_person: 'there is no such account' })
  @Refuses(409, { ...notALead, account_closed: '', sees_no_case: 'administrators can be on no team' })
  async putOn(
    @Param('member') staffId: string,
    @JsonBody() { teamRole = 'member' }: MembershipBody,
    @Req() req: Request,
  ): Promise<PutOnAnswer> {
    const { id: teamId } = await teamOf(this.readTeam, req);
    const put = await this.putOnTeam.run({ actor: presentStaff(req), teamId, person: { staffId }, teamRole, now: this.clock.now() });
    if (!put.ok) throw new Refused(put.code === 'no_such_person' ? 404 : refusalStatus(put.code), put.code);
    return { added: put.added };
  }

  @Post('case-keys')
  @HttpCode(200)
  @TakesNoBody()
  @RefusesBodies()
  @ApiOperation({
    summary: 'Seal the keys of its cases to the key it has now',
    description: 'For what was left when somebody was taken off.',
  })
  @ApiOkResponse({ type: KeysResealedAnswer })
  async resealKeys(@Req() req: Request): Promise<KeysResealedAnswer> {
    const { id } = await teamOf(this.readTeam, req);
    return this.reseal(req, id);
  }

  private async reseal(req: Request, teamId: string): Promise<KeysResealedAnswer> {
    const done = await this.resealCaseKeys.run({ actor: presentStaff(req), teamId, now: this.clock.now() });
    if (!done.ok) throw new Refused(404, 'not_found');
    return { done: done.done, resealed: done.resealed, setAside: done.setAside };
  }
}
