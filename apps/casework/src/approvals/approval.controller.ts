import { Body, Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AnswerApproval, type RefusalView } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { contextOf, PageRenderer, Refused, Requires, readForm } from '@recourse/web';
import { refusalMessage } from '../case/refusal-message';
import { refusalStatus } from '../case/refusal-status';
import { presentStaff } from '../sign-in/present-staff';
import { ApprovalAnswerForm } from './answer.form';

/** The second person's answer, from the case page. */
@Controller('cases/:reference/approvals/:approval')
@Requires('case:read')
export class ApprovalController {
  constructor(
    private readonly answerApproval: AnswerApproval,
    private readonly pages: PageRenderer,
    private readonly clock: Clock,
  ) {}

  @Post()
  async answer(
    @Param('reference') reference: string,
    @Param('approval') approval: string,
    @Body() body: unknown,
    @Req() req: Request,
    @Res() res: Response,
  ): Promise<void> {
    const read = readForm(ApprovalAnswerForm, body);
    if (!read.ok) {
      this.explain(res, reference, { code: 'answer_invalid' }, '');
      return;
    }
    const { answer, reason = '' } = read.form;
    const answered = await this.answerApproval.run({
      actor: presentStaff(req),
      reference,
      approval,
      answer,
      reason,
      now: this.clock.now(),
    });
    if (answered.ok) {
      res.redirect(303, `/cases/${encodeURIComponent(reference)}?done=${answer}`);
      return;
    }
    if (answered.code === 'not_found') throw new Refused(404, answered.code);
    this.explain(res, reference, answered, reason);
  }

  /** A page that says why, keeps what was written, and leads back to the case. */
  private explain(res: Response, reference: string, refusal: Pick<RefusalView, 'code' | 'guard' | 'fact'>, reason: string): void {
    const { key, params } = refusalMessage(refusal, contextOf(res).language);
    const sentence = this.pages.say(res)(key, params);
    this.pages.render(res, 'approval/refused.njk', { reference, sentence, reason }, refusalStatus(refusal.code));
  }
}
