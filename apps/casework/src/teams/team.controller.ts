import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ReadTeam, ResealCaseKeys, STALE_COUNT_CAP, TakeOffTeam, type TeamMemberView, type TeamView } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { PageRenderer, Refused, Requires, formPage, keepQuery, type FormPage, TakesNoBody } from '@recourse/web';
import { refusalStatus } from '../case/refusal-status';
import { presentStaff } from '../sign-in/present-staff';
import { teamOf } from './team-of';

/** What a page can say at its top. */
const notices = new Set(['taken_off', 'gone', 'resealed', 'more', 'put_on', 'on_it_already']);

/** Somebody's own teams: who is on them, and taking somebody off. */
@Controller('teams/:team')
@Requires('case:read')
export class TeamController {
  constructor(
    private readonly readTeam: ReadTeam,
    private readonly takeOffTeam: TakeOffTeam,
    private readonly resealCaseKeys: ResealCaseKeys,
    private readonly pages: PageRenderer,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Query('done') done: unknown, @Req() req: Request, @Res() res: Response): Promise<void> {
    const team = await teamOf(this.readTeam, req);
    const notice = typeof done === 'string' && notices.has(done) ? done : undefined;
    keepQuery(res, { done: notice });
    // What could not be opened is said with it: “every case” would not be true.
    const said = team.setAsideKeys > 0 && (notice === 'taken_off' || notice === 'resealed') ? `${notice}_but` : notice;
    this.pages.render(res, 'teams/team.njk', { team, notice: said, myId: presentStaff(req).staffId, cap: STALE_COUNT_CAP });
  }

  @Get('members/:member/take-off')
  async ask(@Req() req: Request, @Res() res: Response): Promise<void> {
    const team = await teamOf(this.readTeam, req);
    const member = memberOf(team, req);
    if (member === undefined) throw new Refused(404, 'not_found');
    this.confirmation(res, team, member);
  }

  @Post('members/:member/take-off')
  @TakesNoBody()
  async takeOff(@Req() req: Request, @Res() res: Response): Promise<void> {
    const team = await teamOf(this.readTeam, req);
    const actor = presentStaff(req);
    const { member: staffId } = req.params as Record<'member', string>;
    const member = memberOf(team, req);
    // Somebody was faster, or it was pressed twice: done is done.
    const taken = member && (await this.takeOffTeam.run({ actor, teamId: team.id, staffId, now: this.clock.now() }));
    if (member === undefined || (taken?.ok === false && taken.code === 'not_on_team')) {
      res.redirect(303, `/teams/${team.code}?done=gone`);
      return;
    }
    if (taken?.ok === false) {
      if (taken.code === 'not_found') throw new Refused(404, 'not_found');
      const error = { field: 'member', key: `casework-team.problems.${taken.code}`, params: {}, href: undefined };
      this.confirmation(res, team, member, { values: {}, errors: [error] }, refusalStatus(taken.code));
      return;
    }
    const resealed = await this.resealCaseKeys.run({ actor, teamId: team.id, now: this.clock.now() });
    res.redirect(303, `/teams/${team.code}?done=${resealed.ok && resealed.done ? 'taken_off' : 'more'}`);
  }

  @Post('case-keys')
  @TakesNoBody()
  async reseal(@Req() req: Request, @Res() res: Response): Promise<void> {
    const team = await teamOf(this.readTeam, req);
    const resealed = await this.resealCaseKeys.run({ actor: presentStaff(req), teamId: team.id, now: this.clock.now() });
    if (!resealed.ok) throw new Refused(404, 'not_found');
    res.redirect(303, `/teams/${team.code}?done=${resealed.done ? 'resealed' : 'more'}`);
  }

  private confirmation(res: Response, team: TeamView, member: TeamMemberView, form: FormPage = formPage(), status = 200): void {
    this.pages.render(res, 'teams/take-off.njk', { team, member, form }, status);
  }
}

function memberOf(team: TeamView, req: Request): TeamMemberView | undefined {
  const { member } = req.params as Record<'member', string>;
  return team.members.find(({ staffId }) => staffId === member);
}
