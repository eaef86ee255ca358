import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AssignTrack, ReadAssignment, type AssignmentView, type AssignTrackResult } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { PageRenderer, Refused, Requires, contextOf, formPage, readForm, refuseForm, type FormPage, type FormValues } from '@recourse/web';
import { presentStaff } from '../sign-in/present-staff';
import { refusalStatus } from '../case/refusal-status';
import { AssignForm } from './assign.form';
import { assignModel } from './assign.page';

type Refusal = Exclude<AssignTrackResult, { ok: true }>;

/** Giving a track to somebody, or back to the team. The short form stands beside the case; this page is where it comes back refused. */
@Controller('cases/:reference/tracks/:track/assign')
@Requires('case:read')
export class AssignController {
  constructor(
    private readonly readAssignment: ReadAssignment,
    private readonly assignTrack: AssignTrack,
    private readonly pages: PageRenderer,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() req: Request, @Res() res: Response): Promise<void> {
    const view = await this.find(req);
    this.page(res, view, formPage({ assigneeId: view.assignee?.id ?? '' }));
  }

  @Post()
  async assign(@Body() body: unknown, @Req() req: Request, @Res() res: Response): Promise<void> {
    const before = await this.find(req);
    const read = readForm(AssignForm, body);
    if (!read.ok) {
      this.page(res, before, formPage(read), 422);
      return;
    }
    const { assigneeId, seenRevision } = read.form;
    const assigned = await this.assignTrack.run({
      actor: presentStaff(req),
      reference: before.reference,
      track: before.trackId,
      seenRevision,
      now: this.clock.now(),
      ...(assigneeId === undefined ? {} : { assigneeId }),
    });
    if (assigned.ok) {
      res.redirect(303, `/cases/${before.reference}?done=assigned`);
      return;
    }
    await this.refuse(req, res, assigned, { assigneeId: assigneeId ?? '' });
  }

  /** Said above the form as the track stands now, with the choice still in it. Pressed twice, or wished by two: it is in those hands, so it is done. */
  private async refuse(req: Request, res: Response, refusal: Refusal, values: FormValues): Promise<void> {
    const view = await this.find(req);
    if (refusal.code === 'stale' && !view.closed && (view.assignee?.id ?? '') === values['assigneeId']) {
      res.redirect(303, `/cases/${view.reference}?done=assigned`);
      return;
    }
    const key = refusal.code === 'assignee_not_on_team' ? 'casework-problems.not_on_team' : `casework-assign.problems.${refusal.code}`;
    this.page(res, view, formPage(refuseForm(values, { field: 'assigneeId', key, params: {} })), refusalStatus(refusal.code));
  }

  private async find(req: Request): Promise<AssignmentView> {
    const { reference, track } = req.params as Record<'reference' | 'track', string>;
    const read = await this.readAssignment.run({ actor: presentStaff(req), reference, track });
    if (!read.ok) throw new Refused(404, 'not_found');
    return read.view;
  }

  private page(res: Response, view: AssignmentView, form: FormPage, status = 200): void {
    this.pages.render(res, 'assign/assign.njk', assignModel(view, form, contextOf(res).language), status);
  }
}
