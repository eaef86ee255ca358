import { Body, ConflictException, Controller, Get, Injectable, Param, Post, Res } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import type { Request, Response } from 'express';
import request from 'supertest';
import { ChecksTokenItself, Public, Requires } from './access/decorators';
import { Doorkeeper, type Admission } from './access/doorkeeper';
import { AssetCatalogue } from './assets/asset-catalogue';
import { configureWeb } from './configure-web';
import { Refused } from './errors/failure';
import { formPage } from './forms/form-page';
import { readForm } from './forms/read-form';
import { said } from './forms/said';
import { HealthModule } from './health/health.module';
import { JsonBody } from './json/json-body';
import { PageRenderer } from './pages/page-renderer';
import { demoViews } from './testing/demo-views';
import { WebModule } from './web.module';
import type { WebOptions } from './web-options';

class StoryForm {
  @MaxLength(1000, said('forms.maxLength'))
  @IsNotEmpty(said('forms.isNotEmpty'))
  story!: string;
}

class StoryBody {
  @MaxLength(10)
  @IsString()
  story!: string;

  @IsString()
  @IsOptional()
  language?: string;
}

@Controller()
@Public()
class DemoController {
  constructor(private readonly pages: PageRenderer) {}

  @Get()
  show(@Res() res: Response): void {
    this.pages.render(res, 'demo.njk', { form: formPage() });
  }

  @Post()
  take(@Body() body: unknown, @Res() res: Response): void {
    const read = readForm(StoryForm, body);
    if (!read.ok) return this.pages.render(res, 'demo.njk', { form: formPage(read) }, 422);
    res.redirect(303, '/');
  }

  @Get('cases/:reference')
  fail(@Param('reference') reference: string): never {
    throw Object.assign(new Error(`secret of ${reference}`), { code: reference === 'down' ? '57P01' : '23505' });
  }

  @Post('down')
  down(): never {
    throw Object.assign(new Error('Connection terminated'), { code: 'ECONNREFUSED' });
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

@Controller('staff')
@Requires('desk')
class StaffController {
  @Get()
  show(@Res() res: Response): void {
    res.status(200).end('desk');
  }

  @Post('notes')
  note(@Res() res: Response): void {
    res.status(204).end();
  }
}

@Controller('silent')
class SilentController {
  @Get('route')
  show(): string {
    return 'nobody said who may come';
  }
}

const options: WebOptions = {
  mode: 'production',
  publicUrl: 'https://recourse.example',
  secret: Buffer.alloc(32, 7),
  languages: ['en', 'ar'],
  timeZone: 'Europe/Zurich',
  institution: { name: 'Responsible Security Association' },
  exitUrl: 'https://weather.example/',
  viewFolders: [demoViews],
  layout: 'layouts/public.njk',
  offerResubmission: true,
  signInPath: '/sign-in',
  doorkeeper: DemoDoorkeeper,
};

async function start(controllers: NonNullable<Parameters<typeof Test.createTestingModule>[0]['controllers']>, changes: Partial<WebOptions> = {}): Promise<NestExpressApplication> {
  const checks = [{ name: 'database', check: () => Promise.resolve() }, { name: 'queue', check: () => Promise.reject(new Error('redis://secret-host')) }];
  const module = await Test.createTestingModule({
    imports: [WebModule.forRoot({ ...options, ...changes }, [], AssetCatalogue.none()), HealthModule.forRoot({ useFactory: () => checks })],
    controllers,
  }).compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  configureWeb(app);
  await app.listen(0, '127.0.0.1');
  return app;
}

/** Opens the page, and gives what a browser would send with the form. */
async function openForm(app: NestExpressApplication): Promise<{ cookie: string; token: string }> {
  const page = await request(app.getHttpServer()).get('/');
  const cookie = String(page.headers['set-cookie']).split(';')[0]!;
  return { cookie, token: /name="_csrf" value="([\w-]+)"/.exec(page.text)![1]! };
}

describe('the web pipeline', () => {
  let app: NestExpressApplication;
  const http = () => request(app.getHttpServer());
  beforeAll(async () => {
    app = await start([DemoController, StaffController]);
  });
  afterAll(() => app.close());

  describe('headers', () => {
    it('let nothing in, nothing out and nothing be kept', async () => {
      const { headers } = await http().get('/');
      const csp = String(headers['content-security-policy']);
      expect(csp.replace(/'nonce-[^']+'/, "'nonce'").split(';').sort()).toEqual([
        "base-uri 'none'", "default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "img-src 'self'",
        "script-src 'nonce'", "style-src 'self'", 'upgrade-insecure-requests',
      ]);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'strict-transport-security': 'max-age=63072000',
        'permissions-policy': expect.stringContaining('geolocation=()') as string,
      });
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('etag');
    });

    it('give each answer its own nonce, the one in the page', async () => {
      const [first, second] = [await http().get('/'), await http().get('/')];
      const nonce = /nonce-([^']+)'/.exec(String(first.headers['content-security-policy']))![1]!;
      expect(first.text).toContain(`nonce="${nonce}"`);
      expect(second.text).not.toContain(nonce);
    });

    it('are there on every refusal too', async () => {
      for (const path of ['/nowhere', '/cases/x', '/health/live', '/assets/nothing.css']) {
        const { headers } = await http().get(path);
        expect(headers['cache-control']).toBe('no-store');
        expect(headers['content-security-policy']).toContain("default-src 'none'");
      }
    });

    it('promise https only where there is https', async () => {
      const plain = await start([DemoController], { publicUrl: 'http://localhost:3000' });
      const { headers } = await request(plain.getHttpServer()).get('/');
      expect(headers).not.toHaveProperty('strict-transport-security');
      expect(String(headers['set-cookie'])).toMatch(/^visit=[\w-]+; Path=\/; HttpOnly; SameSite=Strict$/);
      await plain.close();
    });
  });

  describe('language', () => {
    it.each([
      ['/', 'ar-EG, en;q=0.5', 'lang="ar" dir="rtl"'],
      ['/?lang=ar', 'en', 'lang="ar" dir="rtl"'],
      ['/?lang=xx', 'ar', 'lang="ar" dir="rtl"'],
      ['/?lang=xx', 'fr', 'lang="en" dir="ltr"'],
      ['/?lang=en&lang=ar', 'ar', 'lang="ar" dir="rtl"'],
    ])('of %s for %s is %s', async (path, accepts, expected) => {
      const { text } = await http().get(path).set('accept-language', accepts);
      expect(text).toContain(`<html ${expected}`);
    });

    it('once chosen stays for the visit, in a session cookie', async () => {
      const chosen = await http().get('/?lang=ar');
      const cookies = chosen.headers['set-cookie'] as unknown as string[];
      expect(cookies).toContain('__Host-lang=ar; Path=/; HttpOnly; Secure; SameSite=Strict');
      const later = await http().get('/').set('cookie', '__Host-lang=ar').set('accept-language', 'en');
      expect(later.text).toContain('<html lang="ar"');
    });
  });

  describe('forms', () => {
    it('are taken with their token', async () => {
      const { cookie, token } = await openForm(app);
      await http().post('/').set('cookie', cookie).type('form').send({ _csrf: token, story: 'x' }).expect(303);
    });

    it('come back with what was typed and what is wrong', async () => {
      const { cookie, token } = await openForm(app);
      const { status, text } = await http().post('/').set('cookie', cookie).type('form').send({ _csrf: token, story: `</textarea>${'x'.repeat(1000)}` });
      expect(status).toBe(422);
      expect(text).toContain('<title>Error: ');
      expect(text).toContain('<a href="#story">This is too long. Shorten it.</a>');
      expect(text).toContain(`&lt;/textarea&gt;${'x'.repeat(1000)}`);
    });

    it('come back whole when 100,000 characters were typed, in any script', async () => {
      const { cookie, token } = await openForm(app);
      for (const character of ['a', 'ع', '字', '😀']) {
        const { status, text } = await http().post('/').set('cookie', cookie).type('form').send({ _csrf: token, story: character.repeat(100_000) });
        expect(status).toBe(422);
        expect(text).toContain(character.repeat(100_000));
      }
    });

    it('without a valid token are not lost: one press sends them', async () => {
      const { status, text } = await http().post('/?x=1').type('form').send({ _csrf: 'old', story: 'They came at night & left' });
      expect(status).toBe(403);
      expect(text).toContain('Nothing was sent yet');
      expect(text).toContain('<form method="post">');
      expect(text).toContain('<input type="hidden" name="story" value="They came at night &amp; left">');
      expect(text).not.toContain('value="old"');
    });

    it('that another web site sent are neither taken nor offered again', async () => {
      const { text } = await http().post('/').set('sec-fetch-site', 'cross-site').type('form').send({ story: 'forged story' });
      expect(text).not.toContain('forged story');
    });

    it('with a password are not written into a page', async () => {
      const { text } = await http().post('/').type('form').send({ name: 'Amina O', password: 'hunter 2' });
      expect(text).not.toContain('hunter');
      expect(text).not.toContain('<form');
    });

    it('of staff are shown to be copied, never offered again', async () => {
      const staff = await start([DemoController], { offerResubmission: false });
      const { text } = await request(staff.getHttpServer()).post('/').type('form').send({ story: 'A long note' });
      expect(text).toContain('<p dir="auto">A long note</p>');
      expect(text).not.toContain('<form');
      await staff.close();
    });

    it('that cannot be stored are kept and say so', async () => {
      const { cookie, token } = await openForm(app);
      const { status, text, headers } = await http().post('/down').set('cookie', cookie).type('form').send({ _csrf: token, story: 'My story' });
      expect(status).toBe(503);
      expect(headers['retry-after']).toBe('30');
      expect(text).toContain('Not stored, please try again');
      expect(text).toContain('<input type="hidden" name="story" value="My story">');
    });

    it('too large are refused with what to do', async () => {
      const { status, text } = await http().post('/').type('form').send({ story: 'x'.repeat(2 * 1024 * 1024) });
      expect(status).toBe(413);
      expect(text).toContain('This is too much at once');
    });

    it.each(['text/plain', 'application/json', 'multipart/form-data; boundary=x'])('in %s are refused', async (type) => {
      const { status, text } = await http().post('/').set('content-type', type).send('{"a":1}');
      expect(status).toBe(415);
      expect(text).toContain('We could not read what was sent');
    });

    it('in a stream are left to the handler that says so', async () => {
      await http().post('/files').set('content-type', 'multipart/form-data; boundary=x').send('--x--').expect(204);
    });
  });

  describe('errors', () => {
    it('show nothing of themselves, and a number to ask about', async () => {
      const { status, text } = await http().get('/cases/RC-12345');
      expect(status).toBe(500);
      expect(text).toMatch(/give this number: [0-9a-f]{8}/);
      expect(text).not.toContain('secret');
    });

    it('of the database being down say so', async () => {
      const { status, text } = await http().get('/cases/down');
      expect(status).toBe(503);
      expect(text).toContain('nothing was stored');
    });

    it('are said in the language of the reader', async () => {
      const { text } = await http().get('/nowhere').set('accept-language', 'ar').expect(404);
      expect(text).toContain('dir="rtl"');
      expect(text).toContain('لا يوجد شيء هنا');
    });

    it('do not repeat the address', async () => {
      for (const path of ['/nowhere-%3Cscript%3E', '//nowhere-.example/']) {
        const { text } = await http().get(path).expect(404);
        expect(text).not.toContain('nowhere-');
      }
    });

    it('of a broken address are calm', async () => {
      await http().get('/cases/%E0%A4%A').expect(400).expect('content-type', /html/);
    });
  });

  describe('JSON', () => {
    const post = (body: string | object) => http().post('/api/v1/stories').set('content-type', 'application/json').send(body);

    it('is taken without a token', async () => {
      await post({ story: 'x' }).expect(201, { story: 'x' });
    });

    it('that is wrong is refused field by field', async () => {
      const { body, headers } = await post({ story: 'x'.repeat(11), extra: 1 }).expect(400);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(body).toEqual({
        type: 'about:blank', title: 'Some fields of the body are wrong. Nothing was stored.', status: 400, code: 'body_invalid',
        errors: [
          { field: 'extra', code: 'unknown_field', message: 'This field is not known.' },
          { field: 'story', code: 'maxLength', message: 'This is too long. Shorten it.' },
        ],
      });
    });

    it('that is malformed is refused without repeating it', async () => {
      const { body, text } = await post('{"story": "my secret').expect(400);
      expect(body).toMatchObject({ status: 400, code: 'bad_request' });
      expect(text).not.toContain('secret');
    });

    it('too large is 413, another type 415, an unknown path 404, all as problems', async () => {
      expect((await post({ story: 'x'.repeat(2 * 1024 * 1024) })).body).toMatchObject({ status: 413, code: 'too_large' });
      expect((await http().post('/api/v1/stories').type('form').send({ story: 'x' })).body).toMatchObject({ status: 415, code: 'wrong_type' });
      expect((await http().get('/api/v1/nothing')).body).toMatchObject({ status: 404, code: 'not_found' });
    });

    it('is refused by code, in the language asked for', async () => {
      expect((await post({ story: 'taken' }).expect(409)).body).toMatchObject({ code: 'story_taken' });
      const { body } = await http().get('/api/x').set('accept-language', 'ar');
      expect(body).toMatchObject({ title: 'لا يوجد شيء كهذا، أو لا يحق لك الاطلاع عليه.' });
    });

    it.each([['sec-fetch-site', 'cross-site'], ['sec-fetch-site', 'same-site'], ['origin', 'https://evil.example'], ['origin', 'null']])(
      'sent by another web site (%s: %s) is refused',
      async (header, value) => {
        await post({ story: 'x' }).set(header, value).expect(403);
      },
    );

    it('sent by our own page is taken', async () => {
      await post({ story: 'x' }).set('sec-fetch-site', 'same-origin').expect(201);
    });
  });

  describe('doors', () => {
    it('open to who may come, send others to sign in, refuse the rest', async () => {
      await http().get('/staff').set('x-who', 'desk').expect(200);
      await http().get('/staff?a=1').expect(303).expect('location', '/sign-in?next=%2Fstaff%3Fa%3D1');
      await http().get('/staff').set('x-who', 'nobody').expect(403);
    });

    it('do not lose a note of somebody whose session ended', async () => {
      const { status, text } = await http().post('/staff/notes').type('form').send({ note: 'Three pages of text' });
      expect(status).toBe(401);
      expect(text).toContain('Three pages of text');
      expect(text).toContain('href="/sign-in"');
    });

    it('that nobody labelled keep the process from starting', async () => {
      await expect(start([DemoController, SilentController])).rejects.toThrow('GET /silent/route (SilentController.show)');
    });
  });

  describe('health', () => {
    it('says what is missing, not where it is', async () => {
      await http().get('/health/live').expect(200, { status: 'ok' });
      const { body, text } = await http().get('/health/ready').expect(503);
      expect(body).toEqual({ status: 'unavailable', checks: { database: 'ok', queue: 'unavailable' } });
      expect(text).not.toContain('secret-host');
    });

    it('counts by pattern, never by case, and tells neighbours only', async () => {
      await http().get('/cases/RC-7K2MQ');
      const { text } = await http().get('/metrics').expect(200);
      expect(text).toContain('route="/cases/:reference",status="500"');
      expect(text).not.toContain('RC-7K2MQ');
      await http().get('/metrics').set('x-forwarded-for', '203.0.113.9').expect(404);
    });
  });

  it('compresses pages for slow lines', async () => {
    const { headers } = await http().get('/').set('accept-encoding', 'gzip, br');
    expect(headers['content-encoding']).toBe('br');
  });
});
