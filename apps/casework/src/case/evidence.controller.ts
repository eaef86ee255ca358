import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { OpenEvidence } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { Refused, Requires } from '@recourse/web';
import { presentStaff } from '../sign-in/present-staff';

/** One file of a case, as a download. */
@Controller('cases/:reference/files')
@Requires('case:read')
export class EvidenceController {
  constructor(
    private readonly openEvidence: OpenEvidence,
    private readonly clock: Clock,
  ) {}

  /**
   * Always a download with a type that no browser runs: the file may be hostile. A file that was cut or changed on disk breaks the
   * connection in the middle, so that it never looks complete.
   */
  @Get(':file')
  async download(
    @Param('reference') reference: string,
    @Param('file') fileId: string,
    @Req() req: Request,
    @Res() res: Response,
  ): Promise<void> {
    const opened = await this.openEvidence.run({ actor: presentStaff(req), reference, fileId, now: this.clock.now() });
    if (!opened.ok) {
      // Our own fault, and somebody has to look: not an answer that sounds as if the file had never been there.
      if (opened.code === 'lost') throw new Error('a file of a case is not in the evidence store');
      throw new Refused(404, opened.code);
    }
    res.setHeader('content-security-policy', "default-src 'none'; sandbox");
    res.attachment(opened.name);
    res.setHeader('content-type', 'application/octet-stream');
    res.setHeader('content-length', opened.sizeBytes);
    await pipeline(opened.content, res);
  }
}
