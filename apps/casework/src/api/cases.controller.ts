import { Controller, Get, Headers, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  AssignTrack,
  CONVERSATION_PAGE,
  LARGEST_MESSAGE_PAGE,
  ListQueue,
  MarkRead,
  OpenCase,
  PerformAction,
  SendMessageToComplainant,
  TIMELINE_PAGE,
} from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { CheckedQuery, contextOf, JsonBody, outage, Refused, Refuses, RefusesBodies, Requires, TakesNoBody } from '@recourse/web';
import type { CasePageWish } from '../case/case.page';
import { CaseQuery } from '../case/case.query';
import { refusalStatus } from '../case/refusal-status';
import { QueueQuery, queueFilters } from '../queue/queue.query';
import { presentStaff } from '../sign-in/present-staff';
import { ActionBody, AssignmentBody, MessageBody, ReadQuery } from './action.body';
import { CaseAnswer } from './answers/case.answer';
import { ActionTakenAnswer, AssignedAnswer, MessageSentAnswer } from './answers/done.answer';
import { QueuePageAnswer } from './answers/queue.answer';
import { inputProblems, refusedAction } from './refused-action';
import { unreadableRules } from './unreadable-rules';

const reference = {
  name: 'reference',
  description: 'As people type it: either case, spaces and dashes do not matter.',
  example: 'RC-7K2MQ-9XT4B',
};
const notThere = { not_found: 'no such case, or not yours: nobody learns which' };
const notAKey = { key_not_a_uuid: 'the Idempotency-Key is none' };

/** The staff's rooms for programs: the same use cases as the pages. */
@Controller('api/v1/cases')
@Requires('case:read')
@ApiTags('cases')
@ApiCookieAuth()
@Refuses(503, { ...outage, ...unreadableRules })
@Refuses(401, { sign_in_first: '' })
@Refuses(403, { forbidden: 'an administrator looks after accounts and sees no case' })
export class CasesController {
  constructor(
    private readonly listQueue: ListQueue,
    private readonly openCase: OpenCase,
    private readonly performAction: PerformAction,
    private readonly sendMessage: SendMessageToComplainant,
    private readonly assignTrack: AssignTrack,
    private readonly markRead: MarkRead,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The tracks of your teams, a page at a time' })
  @ApiQuery({ name: 'show', enum: queueFilters, required: false, description: 'Which part; `all` that is open when absent.' })
  @ApiQuery({ name: 'after', type: String, required: false, description: '`next` of the page before.' })
  @ApiQuery({ name: 'limit', schema: { type: 'integer', minimum: 1, maximum: 200 }, required: false, description: '50 when absent.' })
  @ApiOkResponse({ type: QueuePageAnswer })
  @Refuses(400, { body_invalid: 'a parameter is unknown or wrong, listed in `errors`' })
  async list(@CheckedQuery() { show, after, limit }: QueueQuery, @Req() req: Request): Promise<QueuePageAnswer> {
    return this.listQueue.run({
      actor: presentStaff(req),
      filter: show ?? 'all',
      ...(after === undefined ? {} : { after }),
      ...(limit === undefined ? {} : { limit }),
      now: this.clock.now(),
    });
  }

  @Get(':reference')
  @ApiOperation({ summary: 'One case, opened', description: 'That you opened it is written into its record, each time.' })
  @ApiParam(reference)
  @ApiQuery({ name: 'messagesBefore', type: String, required: false, description: '`earlierMessages` of the page behind it.' })
  @ApiQuery({
    name: 'messageLimit',
    schema: { type: 'integer', minimum: 1, maximum: LARGEST_MESSAGE_PAGE },
    required: false,
    description: `${CONVERSATION_PAGE.messages} when absent. More come when more are unread.`,
  })
  @ApiQuery({ name: 'additionsBefore', type: String, required: false, description: '`earlierAdditions` of the page behind it.' })
  @ApiQuery({
    name: 'timelineBefore',
    schema: { type: 'integer', minimum: 1 },
    required: false,
    description: `\`earlierTimeline\` of the page behind it. ${TIMELINE_PAGE} events are on one.`,
  })
  @ApiOkResponse({ type: CaseAnswer })
  @Refuses(400, { body_invalid: 'a parameter is unknown or wrong, listed in `errors`' })
  @Refuses(404, notThere)
  async open(@Param('reference') reference: string, @CheckedQuery() query: CaseQuery, @Req() req: Request): Promise<CaseAnswer> {
    const opened = await this.openCase.run({ actor: presentStaff(req), reference, now: this.clock.now(), ...wishOf(query) });
    if (!opened.ok) throw new Refused(404, opened.code);
    return opened.view;
  }

  @Post(':reference/actions/:action')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take an action of the procedure', description: 'The only way in which a case moves.' })
  @ApiParam(reference)
  @ApiParam({ name: 'action', description: 'Code of the action, out of `actions` of the track.' })
  @ApiOkResponse({ type: ActionTakenAnswer })
  @ApiBody({ type: ActionBody })
  @RefusesBodies()
  @Refuses(404, { not_found: 'no such case or track, or not yours' })
  @Refuses(409, {
    stale: 'the track moved since `seenRevision`',
    wrong_stage: '',
    guard_failed: 'a condition of the procedure is not met: `errors` names it',
    role_not_allowed: '',
    not_on_team: '',
    closed: '',
    awaiting_approval: 'a second person has been asked already',
    clock_not_running: '',
    clock_not_paused: '',
    no_extension_left: '',
    clock_overdue: '',
    unknown_action: 'the procedure has no such action',
  })
  @Refuses(422, { input_invalid: 'something must be given, or is not taken: `errors` lists the fields' })
  async act(
    @Param('reference') reference: string,
    @Param('action') action: string,
    @JsonBody() body: ActionBody,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<ActionTakenAnswer> {
    const done = await this.performAction.run({ actor: presentStaff(req), reference, action, ...actionOf(body), now: this.clock.now() });
    if (!done.ok) throw refusedAction(done.refusal, contextOf(res).language);
    const approval = done.approvalId === undefined ? {} : { approval: done.approvalId };
    return { event: done.eventId, stage: done.stage, revision: done.revision, ...approval };
  }

  @Post(':reference/messages')
  @ApiOperation({
    summary: 'Write to the complainant',
    description: 'They find it with their receipt, and are nudged if they chose a way.',
  })
  @ApiParam(reference)
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'A UUID made for this message: repeating it is safe.',
    schema: { type: 'string', format: 'uuid' },
  })
  @ApiCreatedResponse({ type: MessageSentAnswer })
  @ApiBody({ type: MessageBody })
  @RefusesBodies({ idempotency_key_missing: '' })
  @Refuses(404, notThere)
  @Refuses(409, { key_reused_with_other_body: 'this key sent another text' })
  @Refuses(422, { text_invalid: 'too long, or nothing but spaces', ...notAKey })
  async write(
    @Param('reference') reference: string,
    @Headers('idempotency-key') clientKey: string | undefined,
    @JsonBody() body: MessageBody,
    @Req() req: Request,
  ): Promise<MessageSentAnswer> {
    if (clientKey === undefined) throw new Refused(400, 'idempotency_key_missing');
    const sent = await this.sendMessage.run({ actor: presentStaff(req), reference, clientKey, body: body.body, now: this.clock.now() });
    if (sent.ok) return { id: sent.messageId, sentAt: sent.sentAt };
    if (sent.code === 'text_invalid') throw new Refused(422, sent.code, inputProblems(sent.problems));
    throw new Refused(refusalStatus(sent.code), sent.code);
  }

  @Post(':reference/assignment')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give a track to somebody, or back to the team' })
  @ApiParam(reference)
  @ApiBody({ type: AssignmentBody })
  @ApiOkResponse({ type: AssignedAnswer })
  @RefusesBodies()
  @Refuses(404, { not_found: 'no such case or track, or not yours' })
  @Refuses(409, {
    stale: 'the track moved since `seenRevision`',
    not_allowed: 'only who holds it, a lead, a supervisor or a director may',
    assignee_not_on_team: 'that person cannot open the case',
    closed: '',
  })
  async assign(@Param('reference') reference: string, @JsonBody() body: AssignmentBody, @Req() req: Request): Promise<AssignedAnswer> {
    const assigned = await this.assignTrack.run({ actor: presentStaff(req), reference, ...assignmentOf(body), now: this.clock.now() });
    if (!assigned.ok) throw new Refused(refusalStatus(assigned.code), assigned.code);
    return { revision: assigned.revision };
  }

  @Post(':reference/read')
  @HttpCode(204)
  @TakesNoBody()
  @ApiOperation({ summary: 'Say that the news of a case were read' })
  @ApiParam(reference)
  @ApiQuery({
    name: 'seen',
    type: String,
    required: false,
    description:
      '`seen` of the page that was read. Of the newest, which has all that is unread, everything is marked; of an older one the messages on it. Everything until now when absent.',
  })
  @ApiNoContentResponse()
  @RefusesBodies({ body_invalid: '`seen` is no mark of a page, or something was sent' })
  @Refuses(404, {
    not_found: 'no such case, or not yours, or `seen` names an event or a message that it does not have; nothing was marked',
  })
  @Refuses(409, { stale: 'the complainant wrote after that page was made; nothing was marked' })
  async read(@Param('reference') reference: string, @CheckedQuery() { seen }: ReadQuery, @Req() req: Request): Promise<void> {
    const page = seen === undefined ? {} : { seen };
    const marked = await this.markRead.run({ actor: presentStaff(req), reference, ...page, now: this.clock.now() });
    if (!marked.ok) throw new Refused(refusalStatus(marked.code), marked.code);
  }
}

function wishOf({ messagesBefore, messageLimit, additionsBefore, timelineBefore }: CaseQuery): CasePageWish {
  return {
    ...(messagesBefore === undefined ? {} : { messagesBefore }),
    ...(messageLimit === undefined ? {} : { messageLimit }),
    ...(additionsBefore === undefined ? {} : { additionsBefore }),
    ...(timelineBefore === undefined ? {} : { timelineBefore }),
  };
}

function actionOf({ track, seenRevision, inputs, reason, message, outcome }: ActionBody) {
  return {
    track,
    seenRevision,
    inputs: inputs ?? {},
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

function assignmentOf({ track, seenRevision, assigneeId }: AssignmentBody) {
  return { track, seenRevision, ...(assigneeId === undefined ? {} : { assigneeId }) };
}
