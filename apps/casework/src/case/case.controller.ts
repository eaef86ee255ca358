import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { MarkRead, OpenCase, SendMessageToComplainant } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import {
  Languages,
  PageRenderer,
  Refused,
  Requires,
  contextOf,
  formPage,
  keepQuery,
  readForm,
  refuseForm,
  type FormPage,
} from '@recourse/web';
import { presentStaff } from '../sign-in/present-staff';
import { caseModel, type CasePageWish } from './case.page';
import { caseProblem } from './field-problems';
import { codeWords } from './code-word';
import { MarkReadForm } from './mark-read.form';
import { MessageForm } from './message.form';
import { refusalStatus } from './refusal-status';

/** What the banner after a finished step can say; anything else in the address says nothing. */
const notices = new Set(['asked', 'agree', 'decline', 'take_back', 'action', 'message', 'assigned', 'read', 'newer']);

/** Which page of the conversation and of the record the address asks for; anything strange shows the newest. */
function pageWish({ messages, additions, record }: Readonly<Record<string, unknown>>): CasePageWish {
  const isCursor = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 300;
  return {
    ...(isCursor(messages) ? { messagesBefore: messages } : {}),
    ...(isCursor(additions) ? { additionsBefore: additions } : {}),
    ...(typeof record === 'string' && /^[1-9]\d{0,8}$/.test(record) ? { timelineBefore: Number(record) } : {}),
  };
}

/** One case: what was said, where it stands, who writes to whom. */
@Controller('cases/:reference')
@Requires('case:read')
export class CaseController {
  constructor(
    private readonly openCase: OpenCase,
    private readonly sendMessage: SendMessageToComplainant,
    private readonly markRead: MarkRead,
    private readonly pages: PageRenderer,
    private readonly languages: Languages,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @Param('reference') reference: string,
    @Query() query: Record<string, unknown>,
    @Req() req: Request,
    @Res() res: Response,
  ): Promise<void> {
    const { done } = query;
    const notice = typeof done === 'string' && notices.has(done) ? done : undefined;
    await this.page(req, res, reference, formPage({ clientKey: randomUUID() }), 200, { notice, wish: pageWish(query) });
  }

  /** Where the browser stands after a refused message: loading again or changing the language shows the case. */
  @Get('messages')
  backFromMessages(@Param('reference') reference: string, @Res() res: Response): void {
    res.redirect(303, `/cases/${encodeURIComponent(reference)}#messages`);
  }

  @Post('messages')
  async write(@Param('reference') reference: string, @Body() body: unknown, @Req() req: Request, @Res() res: Response): Promise<void> {
    const read = readForm(MessageForm, body);
    if (!read.ok) return this.page(req, res, reference, formPage(read), 422);
    const { body: text, clientKey } = read.form;
    const sent = await this.sendMessage.run({ actor: presentStaff(req), reference, body: text, clientKey, now: this.clock.now() });
    if (sent.ok) {
      res.redirect(303, `/cases/${reference}?done=message#messages`);
      return;
    }
    if (sent.code === 'key_reused_with_other_body') {
      // Another key, so that one more press sends this text too.
      const refused = refuseForm(
        { body: text, clientKey: randomUUID() },
        { field: 'body', key: 'casework-problems.other_sent', params: {} },
      );
      return this.page(req, res, reference, formPage(refused), 409);
    }
    if (sent.code !== 'text_invalid') throw new Refused(refusalStatus(sent.code), sent.code);
    const refused = refuseForm({ body: text, clientKey }, ...sent.problems.map((problem) => caseProblem({ ...problem, field: 'body' })));
    return this.page(req, res, reference, formPage(refused), 422);
  }

  @Post('read')
  async read(@Param('reference') reference: string, @Body() body: unknown, @Req() req: Request, @Res() res: Response): Promise<void> {
    const read = readForm(MarkReadForm, body);
    // Only a page that is not ours sends no number: then nothing was seen.
    const seen = read.ok ? String(read.form.seenSeq) : '0';
    const marked = await this.markRead.run({ actor: presentStaff(req), reference, seen, now: this.clock.now() });
    if (!marked.ok && marked.code === 'not_found') throw new Refused(404, marked.code);
    res.redirect(303, `/cases/${encodeURIComponent(reference)}?done=${marked.ok ? 'read' : 'newer'}`);
  }

  private async page(
    req: Request,
    res: Response,
    reference: string,
    form: FormPage,
    status: number,
    { notice, wish = {} }: { readonly notice?: string | undefined; readonly wish?: CasePageWish } = {},
  ): Promise<void> {
    const now = this.clock.now();
    const opened = await this.openCase.run({ actor: presentStaff(req), reference, now, ...wish });
    if (!opened.ok) throw new Refused(404, 'not_found');
    const clientKey = typeof form.values['clientKey'] === 'string' ? form.values['clientKey'] : randomUUID();
    const say = this.pages.say(res);
    const model = caseModel({
      view: opened.view,
      wish,
      form,
      clientKey,
      language: contextOf(res).language,
      now,
      say,
      word: codeWords(this.languages, say),
    });
    keepQuery(res, { done: notice });
    this.pages.render(res, 'case/case.njk', { ...model, notice, now }, status);
  }
}
