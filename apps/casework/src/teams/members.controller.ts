import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { PutOnTeam, ReadTeam, type FormerMemberView, type PutOnTeamInput, type PutOnTeamResult, type TeamView } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { PageRenderer, Refused, Requires, formPage, readForm, refuseForm, type FormPage } from '@recourse/web';
import { refusalStatus } from '../case/refusal-status';
import { presentStaff } from '../sign-in/present-staff';
import { AddMemberForm, PutBackForm } from './put-on-team.form';
import { teamOf } from './team-of';

/** Putting somebody on one of the reader's own teams, or back on it. */
@Controller('teams/:team/members')
@Requires('case:read')
export class MembersController {
  constructor(
    private readonly readTeam: ReadTeam,
    private readonly putOnTeam: PutOnTeam,
    private readonly pages: PageRenderer,
    private readonly clock: Clock,
  ) {}

  @Get('add')
  async askWhom(@Req() req: Request, @Res() res: Response): Promise<void> {
    this.page(res, { team: await teamOf(this.readTeam, req) }, formPage({ teamRole: 'member' }));
  }

  @Post('add')
  async add(@Body() body: unknown, @Req() req: Request, @Res() res: Response): Promise<void> {
    const team = await teamOf(this.readTeam, req);
    const read = readForm(AddMemberForm, body);
    if (!read.ok) {
      this.page(res, { team }, formPage(read), 422);
      return;
    }
    const { signInName, teamRole } = read.form;
    const result = await this.put(req, team, { signInName }, teamRole);
    this.answer(res, { team }, result, { signInName, teamRole });
  }

  @Get(':member/put-back')
  async ask(@Req() req: Request, @Res() res: Response): Promise<void> {
    const team = await teamOf(this.readTeam, req);
    const person = formerMember(team, req);
    if (person === undefined) throw new Refused(404, 'not_found');
    this.page(res, { team, person }, formPage({ teamRole: 'member' }));
  }

  @Post(':member/put-back')
  async putBack(@Body() body: unknown, @Req() req: Request, @Res() res: Response): Promise<void> {
    const team = await teamOf(this.readTeam, req);
    const { member: staffId } = req.params as Record<'member', string>;
    const person = formerMember(team, req);
    // Somebody was faster, or it was pressed twice: done is done.
    const isBack = team.members.some((member) => member.staffId === staffId);
    if (person === undefined && !isBack && team.mayLead) throw new Refused(404, 'not_found');
    const read = readForm(PutBackForm, body);
    if (!read.ok) {
      this.page(res, { team, person }, formPage(read), 422);
      return;
    }
    const { teamRole } = read.form;
    this.answer(res, { team, person }, await this.put(req, team, { staffId }, teamRole), { teamRole });
  }

  private async put(
    req: Request,
    team: TeamView,
    person: PutOnTeamInput['person'],
    teamRole: PutOnTeamInput['teamRole'],
  ): Promise<PutOnTeamResult> {
    return this.putOnTeam.run({ actor: presentStaff(req), teamId: team.id, person, teamRole, now: this.clock.now() });
  }

  private answer(res: Response, of: Asked, result: PutOnTeamResult, values: Readonly<Record<string, string>>): void {
    if (result.ok) {
      res.redirect(303, `/teams/${of.team.code}?done=${result.added ? 'put_on' : 'on_it_already'}`);
      return;
    }
    if (result.code === 'not_found') throw new Refused(404, 'not_found');
    const field = of.person === undefined && result.code !== 'not_allowed' ? 'signInName' : 'teamRole';
    const problem = { field, key: `casework-team.problems.${result.code}`, params: {} };
    this.page(res, of, formPage(refuseForm(values, problem)), refusalStatus(result.code));
  }

  private page(res: Response, { team, person }: Asked, form: FormPage, status = 200): void {
    this.pages.render(res, 'teams/put-on.njk', { team, person, form }, status);
  }
}

/** The team, and whom to put back on it; nobody: to be named. */
interface Asked {
  readonly team: TeamView;
  readonly person?: FormerMemberView | undefined;
}

function formerMember(team: TeamView, req: Request): FormerMemberView | undefined {
  const { member } = req.params as Record<'member', string>;
  return team.formerMembers.find(({ staffId }) => staffId === member);
}
