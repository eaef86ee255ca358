import type { LoggerService } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { DemoController, startDemo } from '../../test-support/demo-app';

const visitor = '203.0.113.9';

describe('a request that says it was passed on', () => {
  let app: NestExpressApplication | undefined;
  afterEach(() => app?.close());

  /** Asks twice in its name, and gives the warnings of the process, each as a whole line. */
  async function warningsOf(trustedProxies: readonly string[] | undefined, header = 'x-forwarded-for'): Promise<readonly string[]> {
    const warnings: string[] = [];
    const silent = () => undefined;
    const logger: LoggerService = { log: silent, error: silent, warn: (...line: unknown[]) => warnings.push(line.join(' ')) };
    app = await startDemo([DemoController], { trustedProxies }, logger);
    for (let asked = 0; asked < 2; asked += 1) await request(app.getHttpServer()).get('/').set(header, visitor).expect(200);
    return warnings;
  }

  it('by a sender whom the setting does not name is told of once, without an address', async () => {
    const warnings = await warningsOf(['192.0.2.0/24']);
    expect(warnings).toEqual([expect.stringContaining('RECOURSE_TRUSTED_PROXIES')]);
    expect(warnings.join()).not.toMatch(/203\.0\.113|127\.0\.0\.1|::1/);
  });

  it.each([
    ['by a sender whom the setting names', ['loopback'], 'x-forwarded-for'],
    ['to a process that asks nobody where requests come from', undefined, 'x-forwarded-for'],
    ['in another way', ['192.0.2.0/24'], 'x-requested-with'],
  ])('%s is no news', async (_, trustedProxies, header) => {
    expect(await warningsOf(trustedProxies, header)).toEqual([]);
  });
});
