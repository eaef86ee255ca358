import { randomUUID } from 'node:crypto';
import type { CaseView, QueuePage } from '@recourse/cases';
import { GIVEN_PASSWORD } from '@recourse/testing';
import request from 'supertest';
import { staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

async function program(): Promise<ReturnType<typeof request.agent>> {
  const agent = request.agent(rooms().app.getHttpServer());
  const entered = await agent.post('/api/v1/session').send({ signInName: 'officer', password: GIVEN_PASSWORD });
  expect(entered.status).toBe(201);
  return agent;
}

describe('the staff API', () => {
  it('lists, opens, acts and writes', async () => {
    const { reference, trackId } = await rooms().given.filed();
    const agent = await program();
    const listed = (await agent.get('/api/v1/cases')).body as QueuePage;
    expect(listed.items.map((item) => item.reference)).toContain(reference);
    const opened = (await agent.get(`/api/v1/cases/${reference}`)).body as CaseView;
    expect(opened.items[0]?.answers.narrative).toContain('The guards took my cart');
    const seenRevision = opened.tracks[0]?.revision;
    const acted = await agent.post(`/api/v1/cases/${reference}/actions/acknowledge`).send({ track: trackId, seenRevision });
    expect([acted.status, (acted.body as { stage: string }).stage]).toEqual([200, 'acknowledged']);
    const again = await agent.post(`/api/v1/cases/${reference}/actions/acknowledge`).send({ track: trackId, seenRevision });
    expect([again.status, (again.body as { code: string }).code]).toEqual([409, 'stale']);
    const written = await agent
      .post(`/api/v1/cases/${reference}/messages`)
      .set('idempotency-key', randomUUID())
      .send({ body: 'We read your complaint.' });
    expect(written.status).toBe(201);
  });

  it('refuses an unknown field, a missing reason and a case that does not exist', async () => {
    const { reference, trackId } = await rooms().given.caseIn('screening');
    const { revision } = await rooms().given.track(reference);
    const agent = await program();
    const base = { track: trackId, seenRevision: revision };
    const path = `/api/v1/cases/${reference}/actions/declare_admissible`;
    expect((await agent.post(path).send({ ...base, stage: 'closed' })).status).toBe(400);
    const missing = await agent.post(path).send({ ...base, message: 'We go on.' });
    expect(missing.status).toBe(422);
    expect((missing.body as { errors: { field: string }[] }).errors.map(({ field }) => field)).toEqual(['reason']);
    expect((await agent.get('/api/v1/cases/RC-AAAAA-AAAAA')).status).toBe(404);
    expect((await rooms().given.track(reference)).stage).toBe('screening');
  });
});
