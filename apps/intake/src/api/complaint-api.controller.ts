import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBody,
  ApiConflictResponse,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  ApiQuery,
  ApiResponse,
  ApiSecurity,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnauthorizedResponse,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  AddComplaintFile,
  CONVERSATION_PAGE,
  LARGEST_MESSAGE_PAGE,
  OpenComplaintByReceipt,
  SendComplaintMessage,
  type ComplaintView,
  type ConversationWish,
} from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { JsonBody, ProblemAnswer, Public, readJson, Refused } from '@recourse/web';
import { receiveFile } from '../my-complaint/receive-file';
import { complaintAnswer, ComplaintAnswer, FileStoredAnswer, messagesAnswer, MessagesAnswer, MessageSentAnswer } from './api-answers';
import { MessageBody } from './message.body';
import { MessagesQuery } from './messages.query';
import { refusedByUseCase } from './refused-by-use-case';
import { idempotencyKeyOf, receiptOf } from './request-headers';

const key = {
  name: 'Idempotency-Key',
  required: true,
  description: 'A UUID made for this message or file: repeating it is safe.',
  schema: { type: 'string', format: 'uuid' },
};

const tooMany = {
  type: ProblemAnswer,
  description: '`too_many_today`: the complaint was brought as much as is taken within 24 hours. Nothing was stored.',
  headers: { 'Retry-After': { description: 'Seconds after which it is taken.', schema: { type: 'integer' as const } } },
};

/** One complaint, opened with its receipt. No cookie is read or set here. */
@Controller('api/v1/complaint')
@Public()
@ApiTags('complaint')
@ApiSecurity('receipt')
@ApiUnauthorizedResponse({ type: ProblemAnswer, description: '`receipt_missing`, `receipt_unknown`' })
export class ComplaintApiController {
  constructor(
    private readonly open: OpenComplaintByReceipt,
    private readonly sendMessage: SendComplaintMessage,
    private readonly addFile: AddComplaintFile,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Where the complaint stands' })
  @ApiOkResponse({ type: ComplaintAnswer })
  async show(@Req() req: Request, @Res() res: Response): Promise<void> {
    res.json(complaintAnswer(await this.view(req, { isSeen: false })));
  }

  @Get('messages')
  @ApiOperation({
    summary: 'The last messages, or those before a page, oldest first',
    description: 'Those of the staff that are in the answer count as read from now on.',
  })
  @ApiQuery({
    name: 'before',
    required: false,
    type: String,
    description: '`earlier` of the page behind it; anything else gives the last messages.',
  })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: LARGEST_MESSAGE_PAGE, default: CONVERSATION_PAGE.messages },
  })
  @ApiOkResponse({ type: MessagesAnswer })
  @ApiBadRequestResponse({ type: ProblemAnswer, description: '`body_invalid`: a parameter is wrong, listed in `errors`' })
  async messages(@Req() req: Request, @Res() res: Response, @Query() query: Record<string, unknown>): Promise<void> {
    const { before, limit } = readJson(MessagesQuery, given({ before: query['before'], limit: query['limit'] }));
    const wish = { ...(before === undefined ? {} : { messagesBefore: before }), ...(limit === undefined ? {} : { messageLimit: limit }) };
    res.json(messagesAnswer(await this.view(req, wish)));
  }

  @Post('messages')
  @ApiOperation({ summary: 'Write to the staff' })
  @ApiHeader(key)
  @ApiBody({ type: MessageBody })
  @ApiCreatedResponse({ type: MessageSentAnswer })
  @ApiBadRequestResponse({
    type: ProblemAnswer,
    description: '`bad_request`, `body_invalid`, `text_invalid`, `idempotency_key_missing`, `key_not_a_uuid`',
  })
  @ApiConflictResponse({
    type: ProblemAnswer,
    description:
      '`closed`: no message is taken any more; `key_reused_with_other_body`: this key sent another text; `case_full`: one complaint takes no more, and waiting does not help',
  })
  @ApiTooManyRequestsResponse(tooMany)
  async write(@Req() req: Request, @Res() res: Response, @JsonBody() body: MessageBody): Promise<void> {
    const visit = { digits: receiptOf(req), now: this.clock.now() };
    const sent = await this.sendMessage.run({ ...visit, clientKey: idempotencyKeyOf(req), body: body.body });
    if (!sent.ok) throw refusedByUseCase(sent, visit.now);
    res.status(201).json({ id: sent.messageId, sentAt: sent.sentAt } satisfies MessageSentAnswer);
  }

  @Post('files')
  @ApiOperation({ summary: 'Add a file', description: 'One part named `file`. It is sealed as it arrives.' })
  @ApiHeader(key)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } } })
  @ApiCreatedResponse({ type: FileStoredAnswer })
  @ApiBadRequestResponse({
    type: ProblemAnswer,
    description: '`file_missing`, `empty`, `incomplete`, `text_invalid`, `idempotency_key_missing`, `key_not_a_uuid`',
  })
  @ApiConflictResponse({
    type: ProblemAnswer,
    description:
      '`key_reused_with_other_body`: this key sent another file; `case_full`: one complaint takes no more, and waiting does not help',
  })
  @ApiTooManyRequestsResponse(tooMany)
  @ApiPayloadTooLargeResponse({ type: ProblemAnswer, description: '`too_large`' })
  @ApiUnsupportedMediaTypeResponse({ type: ProblemAnswer, description: '`wrong_type`' })
  @ApiResponse({ status: 507, type: ProblemAnswer, description: '`no_room`' })
  async file(@Req() req: Request, @Res() res: Response): Promise<void> {
    const visit = { digits: receiptOf(req), now: this.clock.now(), clientKey: idempotencyKeyOf(req) };
    const received = await receiveFile(req, ({ name, mediaType, content }) =>
      this.addFile.run({ ...visit, name, content, ...(mediaType === undefined ? {} : { mediaType }) }),
    );
    if (received.state === 'not_multipart') throw new Refused(415, 'wrong_type');
    if (received.state === 'no_file') throw new Refused(400, 'file_missing');
    if (!received.result.ok) throw refusedByUseCase(received.result, visit.now);
    res.status(201).json({ id: received.result.fileId } satisfies FileStoredAnswer);
  }

  private async view(req: Request, wish: ConversationWish & { readonly isSeen?: boolean }): Promise<ComplaintView> {
    const visit = { digits: receiptOf(req), now: this.clock.now() };
    const opened = await this.open.run({ ...visit, ...wish });
    if (!opened.ok) throw refusedByUseCase(opened, visit.now);
    return opened.view;
  }
}

/** Without what was not given. */
function given(query: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}
