import { Body, ConflictException, Controller, Get, Injectable, Param, Post, Res, type LoggerService } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { SystemClock } from '@recourse/clock';
import { HealthModule, InPart } from '@recourse/process';
import { IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import type { Request, Response } from 'express';
import request from 'supertest';
import { ChecksTokenItself, Public, Requires } from '../src/access/decorators';
import { Doorkeeper, type Admission } from '../src/access/doorkeeper';
import { AssetCatalogue } from '../src/assets/asset-catalogue';
import { configureWeb } from '../src/configure-web';
import { Refused } from '../src/errors/refused';
import { formPage } from '../src/forms/form-page';
import { readForm } from '../src/forms/read-form';
import { said } from '../src/forms/said';
import { Verbatim } from '../src/forms/typed-values';
import { JsonBody } from '../src/json/json-body';
import { PageRenderer } from '../src/pages/page-renderer';
import { demoViews } from './demo-views';
import { WebModule } from '../src/web.module';
import type { WebOptions } from '../src/web-options';

class StoryForm {
  @MaxLength(1000, said('forms.maxLength'))
  @IsNotEmpty(said('forms.isNotEmpty'))
  story!: string;
}

/** A secret is known by its declaration, whatever its field is called. */
export class PinForm {
  @Verbatim()
  @IsString()
  pin!: string;
}

class StoryBody {
  @MaxLength(10)
  @IsString()
  story!: string;

  @IsString()
  @IsOptional()
  language?: string;
}

/** Pages and an API that go wrong in every way. */
@Controller()
@Public()
export class DemoController {
  constructor(private readonly pages: PageRenderer) {}

  @Get()
  show(@Res() res: Response): void {
    this.pages.render(res, 'demo.njk', { form: formPage() });
  }

  @Post()
  take(@Body() body: unknown, @Res() res: Response): void {
    const read = readForm(StoryForm, body);
    if (read.ok) res.redirect(303, '/');
    else this.pages.render(res, 'demo.njk', { form: formPage(read) }, 422);
  }

  @Get('cases/:reference')
  fail(@Param('reference') reference: string): never {
    throw Object.assign(new Error(`secret of ${reference}`), { code: reference === 'down' ? '57P01' : '23505' });
  }

  @Post('down')
  down(): never {
    throw Object.assign(new Error('Connection terminated'), { code: 'ECONNREFUSED' });
  }

  @Post('broken')
  broken(): never {
    throw new Error('a bug');
  }

  @Post('conflict')
  conflict(): never {
    throw new ConflictException();
  }

  @ChecksTokenItself()
  @Post('files')
  files(@Res() res: Response): void {
    res.status(204).end();
  }

  @Post('api/v1/stories')
  api(@JsonBody() body: StoryBody, @Res() res: Response): void {
    if (body.story === 'taken') throw new Refused(409, 'story_taken');
    res.status(201).json({ story: body.story });
  }
}

@Injectable()
class DemoDoorkeeper extends Doorkeeper {
  override admit(req: Request, _res: Response, permission: string): Promise<Admission> {
    const who = req.headers['x-who'];
    if (who === undefined) return Promise.resolve({ ok: false, reason: 'sign_in_first' });
    return Promise.resolve(who === permission ? { ok: true } : { ok: false, reason: 'not_allowed' });
  }
}

/** Who comes says so in the header `x-who`. */
@Controller('staff')
@Requires('desk')
export class StaffController {
  @Get()
  show(@Res() res: Response): void {
    res.status(200).end('desk');
  }

  @Post('notes')
  note(@Res() res: Response): void {
    res.status(204).end();
  }
}

/** A route that nobody labelled. */
@Controller('silent')
export class SilentController {
  @Get('route')
  show(): string {
    return 'nobody said who may come';
  }
}

const options: WebOptions = {
  clock: new SystemClock(),
  mode: 'production',
  publicUrl: 'https://recourse.example',
  secret: Buffer.alloc(32, 7),
  languages: ['en', 'ar'],
  timeZone: 'Europe/Zurich',
  institution: { name: 'Responsible Security Association' },
  exitUrl: 'https://weather.example/',
  viewFolders: [demoViews],
  layout: 'layouts/public.njk',
  showsLostForms: false,
  unshownFields: ['step'],
  signInPath: '/sign-in',
  doorkeeper: DemoDoorkeeper,
};

/** Starts the application on a port of its own. */
export async function startDemo(
  controllers: NonNullable<Parameters<typeof Test.createTestingModule>[0]['controllers']>,
  changes: Partial<WebOptions> = {},
  logger: LoggerService | false = false,
): Promise<NestExpressApplication> {
  const checks = [
    { name: 'database', check: () => Promise.resolve() },
    { name: 'queue', check: () => Promise.reject(new Error('redis://secret-host')) },
    { name: 'doors', check: () => Promise.resolve(new InPart(['back_door'])) },
  ];
  const module = await Test.createTestingModule({
    imports: [WebModule.forRoot({ ...options, ...changes }, [], AssetCatalogue.none()), HealthModule.forRoot({ useFactory: () => checks })],
    controllers,
  }).compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger });
  configureWeb(app);
  await app.listen(0, '127.0.0.1');
  return app;
}

/** Opens the page, and gives what a browser would send with the form. */
export async function openForm(app: NestExpressApplication): Promise<{ cookie: string; token: string }> {
  const page = await request(app.getHttpServer()).get('/');
  const cookie = String(page.headers['set-cookie']).split(';')[0]!;
  return { cookie, token: /name="_csrf" value="([\w-]+)"/.exec(page.text)![1]! };
}
