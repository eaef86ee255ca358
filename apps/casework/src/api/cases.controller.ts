import { Controller, Get, Headers, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import {
  AssignTrack,
  ListQueue,
  MarkRead,
  OpenCase,
  PerformAction,
  SendMessageToComplainant,
  type CaseView,
  type QueuePage,
} from '@recourse/cases';
import { JsonBody, Refused, Requires, readJson } from '@recourse/web';
import { refusalStatus } from '../case/refusal-status';
import { QueueQuery } from '../queue/queue.query';
import { presentStaff } from '../sign-in/present-staff';
import { ActionBody, AssignmentBody, MessageBody, ReadQuery } from './action.body';
import { inputProblems, refusedAction } from './refused-action';

/** The staff's rooms for programs: the same use cases as the pages. */
@Controller('api/v1/cases')
@Requires('case:read')
export class CasesController {
  constructor(
    private readonly listQueue: ListQueue,
    private readonly openCase: OpenCase,
    private readonly performAction: PerformAction,
    private readonly sendMessage: SendMessageToComplainant,
    private readonly assignTrack: AssignTrack,
    private readonly markRead: MarkRead,
  ) {}

  @Get()
  async list(@Query() query: unknown, @Req() req: Request): Promise<QueuePage> {
    const { show, after, limit } = readJson(QueueQuery, query);
    return this.listQueue.run({
      actor: presentStaff(req),
      filter: show ?? 'all',
      ...(after === undefined ? {} : { after }),
      ...(limit === undefined ? {} : { limit }),
      now: new Date(),
    });
  }

  @Get(':reference')
  async open(@Param('reference') reference: string, @Req() req: Request): Promise<CaseView> {
    const opened = await this.openCase.run({ actor: presentStaff(req), reference, now: new Date() });
    if (!opened.ok) throw new Refused(404, opened.code);
    return opened.view;
  }

  @Post(':reference/actions/:action')
  @HttpCode(200)
  async act(
    @Param('reference') reference: string,
    @Param('action') action: string,
    @JsonBody() body: ActionBody,
    @Req() req: Request,
  ): Promise<object> {
    const done = await this.performAction.run({ actor: presentStaff(req), reference, action, ...actionOf(body), now: new Date() });
    if (!done.ok) throw refusedAction(done.refusal);
    return { event: done.eventId, stage: done.stage, revision: done.revision };
  }

  @Post(':reference/messages')
  async write(
    @Param('reference') reference: string,
    @Headers('idempotency-key') clientKey: string | undefined,
    @JsonBody() body: MessageBody,
    @Req() req: Request,
  ): Promise<object> {
    if (clientKey === undefined) throw new Refused(400, 'idempotency_key_missing');
    const sent = await this.sendMessage.run({ actor: presentStaff(req), reference, clientKey, body: body.body, now: new Date() });
    if (sent.ok) return { id: sent.messageId, sentAt: sent.sentAt };
    if (sent.code === 'text_invalid') throw new Refused(422, sent.code, inputProblems(sent.problems));
    throw new Refused(refusalStatus(sent.code), sent.code);
  }

  @Post(':reference/assignment')
  @HttpCode(200)
  async assign(@Param('reference') reference: string, @JsonBody() body: AssignmentBody, @Req() req: Request): Promise<object> {
    const assigned = await this.assignTrack.run({ actor: presentStaff(req), reference, ...assignmentOf(body), now: new Date() });
    if (!assigned.ok) throw new Refused(refusalStatus(assigned.code), assigned.code);
    return { revision: assigned.revision };
  }

  @Post(':reference/read')
  @HttpCode(204)
  async read(@Param('reference') reference: string, @Query() query: unknown, @Req() req: Request): Promise<void> {
    const { seenSeq } = readJson(ReadQuery, query);
    const seen = seenSeq === undefined ? {} : { seenSeq };
    const marked = await this.markRead.run({ actor: presentStaff(req), reference, ...seen, now: new Date() });
    if (!marked.ok) throw new Refused(refusalStatus(marked.code), marked.code);
  }
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
