import type { LoggerService } from '@nestjs/common';
import request from 'supertest';
import { DemoController, startDemo } from '../test-support/demo-app';

class KeptLines implements LoggerService {
  readonly lines: string[] = [];
  log = (...parts: unknown[]): void => void this.lines.push(parts.join(' '));
  error = this.log;
  warn = this.log;
}

describe('the log', () => {
  it('says which kind of page was answered how fast, and nothing of who asked for what', async () => {
    const logger = new KeptLines();
    const app = await startDemo([DemoController], {}, logger);
    const http = request(app.getHttpServer());
    await http.get('/cases/RC-7K2MQ?name=Amina').set('user-agent', 'Old Phone').expect(500);
    await http.get('/nowhere/RC-7K2MQ').expect(404);
    await http.post('/').type('form').send({ story: 'a secret story' }).expect(403);
    await app.close();
    const requests = logger.lines.filter((line) => line.endsWith(' Request'));
    expect(requests).toEqual([
      expect.stringMatching(/^GET \/cases\/:reference 500 \d+\.\d ms Request$/),
      expect.stringMatching(/^GET \(none\) 404 \d+\.\d ms Request$/),
      expect.stringMatching(/^POST \/ 403 \d+\.\d ms Request$/),
    ]);
    const everything = logger.lines.join('\n');
    expect(everything).toMatch(/500 incident [0-9a-f]{8}: Error 23505/);
    for (const secret of ['7K2MQ', 'Amina', 'Old Phone', '127.0.0.1', 'secret']) expect(everything).not.toContain(secret);
  });
});
