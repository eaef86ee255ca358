import { Body, Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AnswerApproval, type AnswerApprovalResult } from '@recourse/cases';
import { PageRenderer, Refused, Requires, readForm } from '@recourse/web';
import { presentStaff } from '../sign-in/present-staff';
import { ApprovalAnswerForm } from './answer.form';

/** The second person's answer, from the case page. */
@Controller('cases/:reference/approvals/:approval')
@Requires('case:read')
export class ApprovalController {
  constructor(
    private readonly answerApproval: AnswerApproval,
    private readonly pages: PageRenderer,
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
      this.explain(res, reference, 'reason_invalid', '', 422);
      return;
    }
    const { answer, reason = '' } = read.form;
    const answered = await this.answerApproval.run({ actor: presentStaff(req), reference, approval, answer, reason, now: new Date() });
    if (answered.ok) {
      res.redirect(303, `/cases/${encodeURIComponent(reference)}?done=${answer}`);
      return;
    }
    if (answered.code === 'not_found') throw new Refused(404, answered.code);
    this.explain(res, reference, answered.code, reason, answered.code === 'reason_invalid' ? 422 : 409);
  }

  /** A page that says why, keeps what was written, and leads back to the case. */
  private explain(
    res: Response,
    reference: string,
    code: Extract<AnswerApprovalResult, { ok: false }>['code'],
    reason: string,
    status: number,
  ): void {
    const say = this.pages.say(res);
    const sentence = code === 'guard_failed' ? say('casework-refusals.guard_failed') : say(`casework-refusals.${code}`);
    this.pages.render(res, 'approval/refused.njk', { reference, sentence, reason }, status);
  }
}
