import { GIVEN_PASSWORD, TcpGate } from '@recourse/testing';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

let gate: TcpGate | undefined;
const rooms = staffRooms('Europe/Zurich', async (url) => {
  const through = new URL(url);
  gate = new TcpGate({ host: through.hostname, port: Number(through.port) });
  await gate.open();
  through.hostname = '127.0.0.1';
  through.port = String(gate.port);
  return through.href;
});
afterAll(() => gate?.shut());

describe('signing in while the database is away', () => {
  it('says that nobody can, and not that something was not stored; afterwards the same password lets in', async () => {
    const officer = new Colleague(rooms());
    await officer.open('/sign-in');
    await gate?.shut();
    const answer = await officer.post('/sign-in', { signInName: 'officer', password: GIVEN_PASSWORD });
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('Nobody can sign in just now');
    expect(answer.text).toContain('href="/sign-in"');
    expect(answer.text).not.toMatch(/stored|type="password"[^>]*value=|correct horse/);
    await gate?.open();
    expect((await officer.post('/sign-in', { signInName: 'officer', password: GIVEN_PASSWORD })).status).toBe(303);
  }, 30_000);
});
