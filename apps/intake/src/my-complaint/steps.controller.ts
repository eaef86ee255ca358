import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ReadComplaintRules } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { contextOf, PageRenderer, Public } from '@recourse/web';
import { processPage } from '../process/process.page';
import { stepOf } from '../process/public-steps';
import { ReceiptSession } from './receipt-session';

/**
 * The steps of the complaint that is open on this device, by its own rules: new complaints may go by others. The address says only which of its procedures, by
 * its place on the page of the complaint.
 */
@Controller('my-complaint/steps')
@Public()
export class StepsController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly session: ReceiptSession,
    private readonly rules: ReadComplaintRules,
    private readonly clock: Clock,
  ) {}

  @Get(':place')
  async show(@Req() req: Request, @Res() res: Response, @Param('place') place: string): Promise<void> {
    const machineNow = this.clock.machineNow();
    const session = this.session.read(req, machineNow);
    const read = session.state === 'open' ? await this.rules.run({ digits: session.digits }) : undefined;
    if (session.state !== 'open' || !read?.ok) {
      this.session.close(res);
      res.redirect(303, '/return');
      return;
    }
    this.session.open(res, session.digits, machineNow);
    const track = /^[1-9]\d?$/.test(place) ? read.tracks[Number(place) - 1] : undefined;
    if (track === undefined) throw new NotFoundException();
    this.pages.render(res, 'my-complaint/steps.njk', {
      ...processPage(track.procedure, contextOf(res).language),
      current: stepOf(track.procedure, track.stage),
    });
  }
}
