import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { CASEWORK_USE_CASES } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { SessionCookies } from '@recourse/web';
import { AccountApiController } from './account-api.controller';
import { AccountsApiController } from './accounts-api.controller';
import { ApprovalsController } from './approvals.controller';
import { BoardApiController } from './board-api.controller';
import { CasesController } from './cases.controller';
import { EvidenceApiController } from './evidence-api.controller';
import { ProceduresApiController } from './procedures-api.controller';
import { SessionController } from './session.controller';
import { SetAsideApiController } from './set-aside-api.controller';
import { TeamsApiController } from './teams-api.controller';

/** The controllers with nothing behind them: what the document is made from when no database is there. */
@Module({
  controllers: [
    SessionController,
    AccountApiController,
    AccountsApiController,
    CasesController,
    EvidenceApiController,
    ApprovalsController,
    BoardApiController,
    TeamsApiController,
    SetAsideApiController,
    ProceduresApiController,
  ],
  providers: [...CASEWORK_USE_CASES, SessionCookies, Clock].map((provide) => ({ provide, useValue: {} })),
})
class ApiOutline {}

/** The OpenAPI 3 document of the casework API, read off the controllers. The application is only outlined (`preview`), so it can be made in a build. */
export async function openApiDocument(): Promise<OpenAPIObject> {
  const app: INestApplication = await NestFactory.create(ApiOutline, { preview: true, logger: false });
  const config = new DocumentBuilder()
    .setTitle('Recourse: the staff’s rooms')
    .setDescription(
      'The same use cases as the pages, under the session of a member of staff. Refusals are problem JSON (RFC 9457) with a code. ' +
        'What a page of another web site makes a browser send is refused: 403 `from_another_site`.',
    )
    .setVersion('1')
    .addCookieAuth('__Host-session', {
      type: 'apiKey',
      in: 'cookie',
      description: 'Set by POST /api/v1/session. On plain http it is called `session`.',
    })
    .build();
  const document = SwaggerModule.createDocument(app, config);
  await app.close();
  return document;
}

/** The document as it is committed to `docs/generated/openapi-casework.json`. */
export async function openApiText(): Promise<string> {
  return `${JSON.stringify(await openApiDocument(), null, 2)}\n`;
}
