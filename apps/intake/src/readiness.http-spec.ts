import { createHash, randomUUID } from 'node:crypto';
import { insertProcedureVersion } from '@recourse/persistence';
import { remedyText } from '@recourse/testing';
import request from 'supertest';
import { publicDoor } from '../test-support/public-door';

const door = publicDoor();

/** As whoever owns the database can: past every proof. */
async function published(version: number, document: string): Promise<void> {
  const contentHash = createHash('sha256').update(document, 'utf8').digest();
  const row = { id: randomUUID(), procedure: 'remedy', version, contentHash, document, publishedAt: new Date() };
  await insertProcedureVersion(door().owner.manager, row);
}

describe('a public door', () => {
  const server = () => door().app.getHttpServer() as Parameters<typeof request>[0];

  it('is not ready when nobody could file, because the procedure to begin on cannot be read', async () => {
    await published(98, 'procedure: [');
    const { status, body } = await request(server()).get('/health/ready');
    expect([status, body]).toMatchObject([503, { status: 'unavailable', checks: { database: 'ok', filing: 'unavailable' } }]);
  });

  it('stays open on a procedure that could not be published today', async () => {
    await published(99, (await remedyText()).replace('version: 1', 'version: 99\ninventedBy: somebody'));
    await request(server()).get('/health/ready').expect(200);
    await request(server()).get('/what-happens').expect(200);
    const filed = await request(server())
      .post('/api/v1/complaints')
      .set('idempotency-key', randomUUID())
      .send({ language: 'en', narrative: 'They took my cart at the gate.' });
    expect(filed.status).toBe(201);
  });
});
