import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { PerformAction, ReadTrack, type ActionView, type PerformActionRefusal, type TrackPage, type TrackView } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { PageRenderer, Refused, Requires, contextOf, formPage, readForm, refuseForm, type FormPage, type FormValues } from '@recourse/web';
import { refusalMessage } from '../case/refusal-message';
import { presentStaff } from '../sign-in/present-staff';
import { actionForm, inputsOf, type ActionAnswers } from './action-form';
import { actionModel } from './action.page';
import { actionProblems } from './action-problems';

interface Place {
  readonly page: TrackPage;
  readonly action: ActionView;
}

/** Every action that a procedure allows, as a form. */
@Controller('cases/:reference/tracks/:track/actions/:action')
@Requires('case:read')
export class ActionController {
  constructor(
    private readonly readTrack: ReadTrack,
    private readonly performAction: PerformAction,
    private readonly pages: PageRenderer,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(@Req() req: Request, @Res() res: Response): Promise<void> {
    const place = await this.find(req);
    this.page(res, place, formPage({ seenRevision: String(place.page.track.revision) }));
  }

  @Post()
  async take(@Body() body: unknown, @Req() req: Request, @Res() res: Response): Promise<void> {
    const place = await this.find(req);
    const read = readForm(actionForm(place.page.track, place.action), body);
    if (!read.ok) {
      this.page(res, place, formPage(read), 422);
      return;
    }
    if (read.form.lookOver !== undefined) {
      this.lookOver(res, place, read.form);
      return;
    }
    const { reason, message, outcome, seenRevision } = read.form;
    const done = await this.performAction.run({
      actor: presentStaff(req),
      reference: place.page.reference,
      track: place.page.track.id,
      action: place.action.code,
      seenRevision,
      inputs: inputsOf(place.action, read.form),
      ...(reason === undefined ? {} : { reason }),
      ...(message === undefined ? {} : { message }),
      ...(outcome === undefined ? {} : { outcome }),
      now: this.clock.now(),
    });
    if (done.ok || isOwnRepetition(done.refusal, place, presentStaff(req).staffId, seenRevision)) {
      const asked = done.ok && done.approvalId !== undefined;
      res.redirect(303, `/cases/${place.page.reference}?done=${asked ? 'asked' : 'action'}`);
      return;
    }
    this.refuse(res, place, read.form, done.refusal);
  }

  /** Shows a form that came too late, with every choice in it: nothing is done until it is sent from there. */
  private lookOver(res: Response, place: Place, answers: ActionAnswers): void {
    const { track } = place.page;
    if (answers.seenRevision === track.revision) this.page(res, place, formPage(typedValues(answers, track)));
    else this.refuse(res, place, answers, { code: 'stale', stage: track.stage, revision: track.revision });
  }

  /** A refusal is said above the form, with everything still in it. */
  private refuse(res: Response, place: Place, answers: ActionAnswers, refusal: PerformActionRefusal): void {
    if (refusal.code === 'not_found') throw new Refused(404, 'not_found');
    const values = typedValues(answers, place.page.track);
    if (refusal.code === 'input_invalid') {
      const problems = actionProblems(place.action, refusal.problems, contextOf(res).language, this.pages.say(res));
      this.page(res, place, formPage(refuseForm(values, ...problems)), 422);
      return;
    }
    const problem = { field: 'action', ...refusalMessage(refusal, contextOf(res).language) };
    this.page(res, place, formPage(refuseForm(values, problem)), 409);
  }

  private async find(req: Request): Promise<Place> {
    const { reference, track: trackId, action: code } = req.params as Record<'reference' | 'track' | 'action', string>;
    const read = await this.readTrack.run({ actor: presentStaff(req), reference, track: trackId, action: code, now: this.clock.now() });
    if (!read.ok) throw new Refused(404, 'not_found');
    return { page: read.page, action: read.page.action };
  }

  private page(res: Response, { page, action }: Place, form: FormPage, status = 200): void {
    const model = actionModel(page, action, form, contextOf(res).language, this.pages.say(res));
    this.pages.render(res, 'action/action.njk', model, status);
  }
}

/**
 * Pressed twice: the second press finds the track moved by the first, which was the same person taking the same action from the same revision.
 * That is no conflict, so it gets the same answer.
 */
export function isOwnRepetition(refusal: PerformActionRefusal, { page, action }: Place, staffId: string, seenRevision: number): boolean {
  if (refusal.code !== 'stale' || refusal.revision !== seenRevision + 1) return false;
  return page.lastAction?.staffId === staffId && page.lastAction.action === action.code;
}

/** The revision on the page is always the newest: who reads the refusal and sends again has seen it. */
function typedValues(answers: ActionAnswers, track: TrackView): FormValues {
  const texts = Object.entries(answers).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return { ...Object.fromEntries(texts), seenRevision: String(track.revision) };
}
