import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { AddComplaintFile, AddToComplaint, FileComplaint, OpenComplaintByReceipt, SendComplaintMessage } from '@recourse/cases';
import { Clock } from '@recourse/clock';
import { ComplaintApiController } from './complaint-api.controller';
import { ComplaintsApiController } from './complaints-api.controller';

/** Controllers of the JSON API, in the order of the document. */
export const apiControllers = [ComplaintsApiController, ComplaintApiController];

/** Address at which the document is served. */
export const openApiPath = '/api/openapi.json';

const description = [
  'For partners’ own tools: file a complaint, keep its receipt, come back with it.',
  'No account and no cookie. Errors are problem JSON (RFC 9457).',
  'What a page of another web site makes a browser send is refused: 403 `from_another_site`.',
].join(' ');

/** The controllers with nothing behind them: what the document is made from when no database is there. */
@Module({
  controllers: apiControllers,
  providers: [FileComplaint, OpenComplaintByReceipt, SendComplaintMessage, AddToComplaint, AddComplaintFile, Clock].map((provide) => ({
    provide,
    useValue: {},
  })),
})
class ApiOutline {}

/**
 * The OpenAPI 3 document of the intake API, read off the controllers. No socket, no settings: the application is only
 * outlined (`preview`), so it can be made in a build.
 */
export async function openApiDocument(): Promise<OpenAPIObject> {
  const app: INestApplication = await NestFactory.create(ApiOutline, { preview: true, logger: false });
  const config = new DocumentBuilder()
    .setTitle('Recourse: the public door')
    .setDescription(description)
    .setVersion('1')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'Authorization', description: 'Receipt <24 digits>' }, 'receipt')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  await app.close();
  return document;
}

/** The document as it is committed to `docs/generated/openapi-intake.json`. */
export async function openApiText(): Promise<string> {
  return `${JSON.stringify(await openApiDocument(), null, 2)}\n`;
}
