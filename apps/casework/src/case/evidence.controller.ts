import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { OpenEvidence } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { Requires } from '@recourse/web';
import { presentStaff } from '../sign-in/present-staff';
import { sendEvidence } from './send-evidence';

/** One file of a case, as a download. */
@Controller('cases/:reference/files')
@Requires('case:read')
export class EvidenceController {
  constructor(
    private readonly openEvidence: OpenEvidence,
    private readonly clock: Clock,
  ) {}

  @Get(':file')
  async download(
    @Param('reference') reference: string,
    @Param('file') fileId: string,
    @Req() req: Request,
    @Res() res: Response,
  ): Promise<void> {
    await sendEvidence(res, await this.openEvidence.run({ actor: presentStaff(req), reference, fileId, now: this.clock.now() }));
  }
}
