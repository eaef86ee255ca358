import { randomUUID } from 'node:crypto';
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import { isUUID } from 'class-validator';
import type { Request, Response } from 'express';
import { AddComplaintFile, type AddComplaintFileResult } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { ChecksTokenItself, formPage, FormTokens, isOutage, PageRenderer, Public, TokenLost, tokenField } from '@recourse/web';
import { FileRules } from '../file-rules';
import { secondsUntil } from '../seconds-until';
import { hoursUntil } from './hours-until';
import { receiveFile } from './receive-file';
import { ReceiptSession } from './receipt-session';

type Refused = Exclude<AddComplaintFileResult, { ok: true }>;

const problemOf: Readonly<Partial<Record<Refused['code'], { key: string; status: number }>>> = {
  empty: { key: 'file_empty', status: 422 },
  incomplete: { key: 'file_incomplete', status: 400 },
  no_room: { key: 'file_no_room', status: 507 },
  too_large: { key: 'file_too_large', status: 413 },
  key_reused_with_other_body: { key: 'file_other_sent', status: 409 },
  text_invalid: { key: 'file_name_too_long', status: 422 },
  too_many_at_once: { key: 'file_too_many_at_once', status: 429 },
  too_many_today: { key: 'file_too_many_today', status: 429 },
  case_full: { key: 'file_case_full', status: 409 },
};

/** Sending a file. It is sealed as it arrives; nothing of it lies anywhere readable. */
@Controller('my-complaint/file')
@Public()
export class FileController {
  constructor(
    private readonly pages: PageRenderer,
    private readonly session: ReceiptSession,
    private readonly tokens: FormTokens,
    private readonly addFile: AddComplaintFile,
    private readonly rules: FileRules,
    private readonly clock: Clock,
  ) {}

  @Get()
  ask(@Req() req: Request, @Res() res: Response): void {
    const machineNow = this.clock.machineNow();
    const session = this.session.read(req, machineNow);
    if (session.state !== 'open') {
      res.redirect(303, '/return');
      return;
    }
    this.session.open(res, session.digits, machineNow);
    this.show(res, randomUUID());
  }

  @Post()
  @ChecksTokenItself()
  async take(@Req() req: Request, @Res() res: Response): Promise<void> {
    const machineNow = this.clock.machineNow();
    const session = this.session.read(req, machineNow);
    if (session.state !== 'open') {
      res.redirect(303, '/return');
      return;
    }
    this.session.open(res, session.digits, machineNow);
    const received = await receiveFile(req, async ({ fields, content, ...file }) => {
      if (!this.tokens.verify(req, fields.get(tokenField))) throw new TokenLost();
      return this.add({ ...file, digits: session.digits, now: this.clock.now(), clientKey: keyOf(fields), content });
    });
    if (received.state === 'not_multipart') {
      this.show(res, randomUUID(), 'file_missing', 422);
      return;
    }
    if (received.state === 'not_utf8') {
      this.show(res, randomUUID(), 'file_name_not_utf8', 400);
      return;
    }
    // Without a file, too, the token decides whether this was sent from here.
    if (!this.tokens.verify(req, received.fields.get(tokenField))) throw new TokenLost();
    const key = keyOf(received.fields);
    if (received.state === 'no_file') {
      this.show(res, key, 'file_missing', 422);
      return;
    }
    const { result } = received;
    if (result === 'stored') {
      res.redirect(303, '/my-complaint?done=file');
      return;
    }
    if (result === 'not_stored') {
      res.setHeader('retry-after', '30');
      this.show(res, key, 'file_not_stored', 503);
      return;
    }
    if (result.code === 'not_found') {
      res.redirect(303, '/return');
      return;
    }
    const problem = problemOf[result.code];
    if (!problem) throw new Error(`The form sent a file that was refused: ${result.code}`);
    const now = this.clock.now();
    const hours = result.code === 'too_many_today' ? hoursUntil(result.retryAt, now) : undefined;
    if ('retryAt' in result) res.setHeader('retry-after', String(secondsUntil(result.retryAt, now)));
    // Another key where this one is spent, so that the file can be sent once more.
    this.show(res, result.code === 'key_reused_with_other_body' ? randomUUID() : key, problem.key, problem.status, hours);
  }

  private async add(file: Parameters<AddComplaintFile['run']>[0]): Promise<'stored' | 'not_stored' | Refused> {
    try {
      const outcome = await this.addFile.run(file);
      return outcome.ok ? 'stored' : outcome;
    } catch (error) {
      if (isOutage(error)) return 'not_stored';
      throw error;
    }
  }

  private show(res: Response, key: string, problem?: string, status = 200, hours?: number): void {
    const size = this.pages.say(res)('intake-complaint.size.mb', { count: this.rules.megabytes });
    const errors =
      problem === undefined
        ? []
        : [
            {
              field: 'file',
              key: `intake-complaint.problems.${problem}`,
              params: { ...(problem === 'file_too_large' ? { size } : {}), ...(hours === undefined ? {} : { hours }) },
              href: '#file',
            },
          ];
    this.pages.render(res, 'my-complaint/file.njk', { form: { ...formPage(), errors }, key, size }, status);
  }
}

function keyOf(fields: ReadonlyMap<string, string>): string {
  const key = fields.get('key');
  return isUUID(key) ? String(key) : randomUUID();
}
