import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiBody, ApiCookieAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { AnswerApproval } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { JsonBody, outage, Refused, Refuses, RefusesBodies, Requires } from '@recourse/web';
import { refusalStatus } from '../case/refusal-status';
import { presentStaff } from '../sign-in/present-staff';
import { ApprovalAnswerBody } from './action.body';
import { ApprovalAnsweredAnswer } from './answers/done.answer';
import { unreadableRules } from './unreadable-rules';

/** The second person's answer, for programs. */
@Controller('api/v1/cases/:reference/approvals')
@Requires('case:read')
@ApiTags('cases')
@ApiCookieAuth()
@Refuses(503, { ...outage, ...unreadableRules })
@Refuses(401, { sign_in_first: '' })
@Refuses(403, { forbidden: 'an administrator looks after accounts and sees no case' })
export class ApprovalsController {
  constructor(
    private readonly answerApproval: AnswerApproval,
    private readonly clock: Clock,
  ) {}

  @Post(':approval')
  @HttpCode(200)
  @ApiOperation({ summary: 'Agree to, decline or take back an action that needs a second person' })
  @ApiParam({ name: 'reference', example: 'RC-7K2MQ-9XT4B' })
  @ApiParam({ name: 'approval', description: 'Id of the request, out of `approvals` of the track.' })
  @ApiBody({ type: ApprovalAnswerBody })
  @ApiOkResponse({ type: ApprovalAnsweredAnswer })
  @RefusesBodies()
  @Refuses(404, { not_found: 'no such case or request, or not yours' })
  @Refuses(409, {
    answered: 'somebody answered before, or the track has moved on',
    same_person: 'whoever asked cannot be the second person',
    role_not_allowed: '',
    not_on_team: '',
    guard_failed: 'what held when it was asked does not hold now',
    wrong_stage: '',
    closed: '',
  })
  @Refuses(422, { reason_invalid: 'declining needs a reason, of at most 10,000 characters' })
  async answer(
    @Param('reference') reference: string,
    @Param('approval') approval: string,
    @JsonBody() body: ApprovalAnswerBody,
    @Req() req: Request,
  ): Promise<ApprovalAnsweredAnswer> {
    const reason = body.reason === undefined ? {} : { reason: body.reason };
    const answered = await this.answerApproval.run({
      actor: presentStaff(req),
      reference,
      approval,
      answer: body.answer,
      ...reason,
      now: this.clock.now(),
    });
    if (!answered.ok) throw new Refused(refusalStatus(answered.code), answered.code);
    return { stage: answered.stage, revision: answered.revision };
  }
}
