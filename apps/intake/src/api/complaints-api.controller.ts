import { Controller, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { FileComplaint, type Complaint } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { JsonBody, outage, Public, Refuses, RefusesBodies } from '@recourse/web';
import { FiledAnswer } from './api-answers';
import { ComplaintBody } from './complaint.body';
import { fromElsewhere, keys } from './described-refusals';
import { refusedByUseCase } from './refused-by-use-case';
import { idempotencyKeyOf } from './request-headers';

/** Filing by partners' own tools: the same use case as the form. */
@Controller('api/v1/complaints')
@Public()
@ApiTags('complaints')
@Refuses(503, outage)
export class ComplaintsApiController {
  constructor(
    private readonly fileComplaint: FileComplaint,
    private readonly clock: Clock,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'File a complaint',
    description: 'Repeating a request with the same key and body is safe and gives the same receipt. 201 means that it is committed.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'A UUID made for this complaint. Keep it secret until you have the receipt.',
    schema: { type: 'string', format: 'uuid' },
  })
  @ApiBody({ type: ComplaintBody })
  @ApiCreatedResponse({ type: FiledAnswer })
  @RefusesBodies({ complaint_invalid: 'a rule of the institution: `errors` lists the fields', ...keys })
  @Refuses(403, fromElsewhere)
  @Refuses(409, { key_reused_with_other_body: 'this key filed another complaint' })
  async file(@Req() req: Request, @Res() res: Response, @JsonBody() body: ComplaintBody): Promise<void> {
    const idempotencyKey = idempotencyKeyOf(req);
    // The class has exactly the fields of a complaint, checked; spread into a plain object, because its hash is the complaint's identity.
    const complaint = plain(body) as Complaint;
    const now = this.clock.now();
    const filed = await this.fileComplaint.run({ idempotencyKey, channel: 'api', complaint, now });
    if (!filed.ok) throw refusedByUseCase(filed, now);
    res.status(201).json({ reference: filed.reference, receipt: filed.receipt } satisfies FiledAnswer);
  }
}

/** Instances of classes as plain objects, at every depth, without what was absent. */
function plain(value: object): object {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined && one !== null);
  return Object.fromEntries(
    entries.map(([name, one]: [string, unknown]) => [name, typeof one === 'object' && one !== null ? plain(one) : one]),
  );
}
