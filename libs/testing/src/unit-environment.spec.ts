import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';

describe('the unit layer', () => {
  it('connects to nobody', () => {
    expect(() => connect(5432, '127.0.0.1')).toThrow('a unit test called connect()');
  });

  it('listens to nobody', () => {
    expect(() => createServer().listen(0)).toThrow('a unit test called listen()');
    const socket = createSocket('udp4');
    expect(() => socket.bind(0)).toThrow('a unit test called bind()');
    expect(() => socket.send('x', 53, '127.0.0.1')).toThrow('a unit test called send()');
  });

  it('asks no web server', async () => {
    const failure: unknown = await fetch('http://127.0.0.1:54321/').catch((error: unknown) => error);
    expect(String((failure as Error).cause)).toContain('a unit test called connect()');
  });
});
