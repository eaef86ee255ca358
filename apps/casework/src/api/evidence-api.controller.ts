import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { OpenEvidence } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { outage, Refuses, Requires, unknownParameter } from '@recourse/web';
import { sendEvidence } from '../case/send-evidence';
import { presentStaff } from '../sign-in/present-staff';

/** The files of a case for programs: the same use case as the page's download. */
@Controller('api/v1/cases/:reference/files')
@Requires('case:read')
@ApiTags('cases')
@ApiCookieAuth()
@Refuses(503, outage)
@Refuses(400, unknownParameter)
@Refuses(401, { sign_in_first: '' })
@Refuses(403, { forbidden: 'an administrator looks after accounts and sees no case' })
export class EvidenceApiController {
  constructor(
    private readonly openEvidence: OpenEvidence,
    private readonly clock: Clock,
  ) {}

  @Get(':file')
  @ApiOperation({
    summary: 'One file of a case',
    description:
      'As it was sent, under the name that it had; it may be hostile. That you opened it is written into the record, each time. A connection that breaks means that the file is not whole.',
  })
  @ApiParam({ name: 'reference', example: 'RC-7K2MQ-9XT4B' })
  @ApiParam({ name: 'file', description: 'Id of the file, out of `files` of the case.' })
  @ApiOkResponse({ content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } })
  @Refuses(404, { not_found: 'no such case or file, or not yours: nobody learns which' })
  async download(
    @Param('reference') reference: string,
    @Param('file') fileId: string,
    @Req() req: Request,
    @Res() res: Response,
  ): Promise<void> {
    await sendEvidence(res, await this.openEvidence.run({ actor: presentStaff(req), reference, fileId, now: this.clock.now() }));
  }
}
