import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  AddComplaintFile,
  AddToComplaint,
  CONVERSATION_PAGE,
  LARGEST_MESSAGE_PAGE,
  OpenComplaintByReceipt,
  SendComplaintMessage,
  type ComplaintView,
  type ConversationWish,
} from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { CheckedQuery, JsonBody, outage, Public, Refused, Refuses, RefusesBodies, unknownParameter } from '@recourse/web';
import { receiveFile } from '../my-complaint/receive-file';
import { AdditionBody } from './addition.body';
import {
  AdditionStoredAnswer,
  complaintAnswer,
  ComplaintAnswer,
  FileStoredAnswer,
  messagesAnswer,
  MessagesAnswer,
  MessageSentAnswer,
} from './api-answers';
import { caseFull, fromElsewhere, keys, retryAfter, tooMany } from './described-refusals';
import { MessageBody } from './message.body';
import { MessagesQuery } from './messages.query';
import { refusedByUseCase } from './refused-by-use-case';
import { idempotencyKeyOf, receiptOf } from './request-headers';

const key = {
  name: 'Idempotency-Key',
  required: true,
  description: 'A UUID made for this message, addition or file: repeating it is safe.',
  schema: { type: 'string', format: 'uuid' },
};

/** One complaint, opened with its receipt. No cookie is read or set here. */
@Controller('api/v1/complaint')
@Public()
@ApiTags('complaint')
@ApiSecurity('receipt')
@Refuses(503, outage)
@Refuses(401, { receipt_missing: '', receipt_unknown: 'it opens nothing, however it is written' })
export class ComplaintApiController {
  constructor(
    private readonly open: OpenComplaintByReceipt,
    private readonly sendMessage: SendComplaintMessage,
    private readonly addToComplaint: AddToComplaint,
    private readonly addFile: AddComplaintFile,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Where the complaint stands' })
  @ApiOkResponse({ type: ComplaintAnswer })
  @Refuses(400, unknownParameter)
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
  @Refuses(400, { body_invalid: 'a parameter is unknown or wrong, listed in `errors`' })
  async messages(@Req() req: Request, @Res() res: Response, @CheckedQuery() { before, limit }: MessagesQuery): Promise<void> {
    const wish = { ...(before === undefined ? {} : { messagesBefore: before }), ...(limit === undefined ? {} : { messageLimit: limit }) };
    res.json(messagesAnswer(await this.view(req, wish)));
  }

  @Post('messages')
  @ApiOperation({ summary: 'Write to the staff' })
  @ApiHeader(key)
  @ApiBody({ type: MessageBody })
  @ApiCreatedResponse({ type: MessageSentAnswer })
  @RefusesBodies({ text_invalid: 'too long, or nothing to read', ...keys })
  @Refuses(403, fromElsewhere)
  @Refuses(409, { closed: 'no message is taken any more', key_reused_with_other_body: 'this key sent another text', ...caseFull })
  @Refuses(429, tooMany, retryAfter)
  async write(@Req() req: Request, @Res() res: Response, @JsonBody() body: MessageBody): Promise<void> {
    const visit = { digits: receiptOf(req), now: this.clock.now() };
    const sent = await this.sendMessage.run({ ...visit, clientKey: idempotencyKeyOf(req), body: body.body });
    if (!sent.ok) throw refusedByUseCase(sent, visit.now);
    res.status(201).json({ id: sent.messageId, sentAt: sent.sentAt } satisfies MessageSentAnswer);
  }

  @Post('additions')
  @ApiOperation({
    summary: 'Add to what was told',
    description: 'Taken after the complaint is closed, too. What was added is not sent back: the tool that added it has it.',
  })
  @ApiHeader(key)
  @ApiBody({ type: AdditionBody })
  @ApiCreatedResponse({ type: AdditionStoredAnswer })
  @RefusesBodies({ text_invalid: 'too long, or nothing to read', ...keys })
  @Refuses(403, fromElsewhere)
  @Refuses(409, { key_reused_with_other_body: 'this key added another text', ...caseFull })
  @Refuses(429, tooMany, retryAfter)
  async add(@Req() req: Request, @Res() res: Response, @JsonBody() body: AdditionBody): Promise<void> {
    const visit = { digits: receiptOf(req), now: this.clock.now() };
    const added = await this.addToComplaint.run({ ...visit, clientKey: idempotencyKeyOf(req), text: body.text });
    if (!added.ok) throw refusedByUseCase(added, visit.now);
    res.status(201).json({ id: added.itemId } satisfies AdditionStoredAnswer);
  }

  @Post('files')
  @ApiOperation({ summary: 'Add a file', description: 'One part named `file`. It is sealed as it arrives.' })
  @ApiHeader(key)
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } } })
  @ApiCreatedResponse({ type: FileStoredAnswer })
  @Refuses(400, {
    file_missing: 'no part is named `file`, or its name is in an encoding that is not known',
    empty: '',
    incomplete: '',
    text_invalid: 'its name',
    not_utf8: 'its name, which is neither in UTF-8 nor in the encoding that it says (`filename*`)',
    ...unknownParameter,
    ...keys,
  })
  @Refuses(403, fromElsewhere)
  @Refuses(409, { key_reused_with_other_body: 'this key sent another file', ...caseFull })
  @Refuses(413, { too_large: '' })
  @Refuses(415, { wrong_type: 'not multipart/form-data' })
  @Refuses(429, { ...tooMany, too_many_at_once: 'two files of this complaint are arriving' }, retryAfter)
  @Refuses(507, { no_room: 'the store is full' })
  async file(@Req() req: Request, @Res() res: Response): Promise<void> {
    const visit = { digits: receiptOf(req), now: this.clock.now(), clientKey: idempotencyKeyOf(req) };
    const received = await receiveFile(req, ({ fields: _fields, ...file }) => this.addFile.run({ ...visit, ...file }));
    if (received.state === 'not_multipart') throw new Refused(415, 'wrong_type');
    if (received.state === 'not_utf8') throw new Refused(400, 'not_utf8');
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
