import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '@recourse/web';
import { openApiDocument } from './open-api-document';

/** Serves the description of the API. Made at the first request: most processes are never asked. */
@Controller()
@Public()
@ApiExcludeController()
export class OpenApiController {
  private document: ReturnType<typeof openApiDocument> | undefined;

  @Get('api/openapi.json')
  async show(@Res() res: Response): Promise<void> {
    this.document ??= openApiDocument();
    res.json(await this.document);
  }
}
