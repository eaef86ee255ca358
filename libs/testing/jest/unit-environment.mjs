import dgram from 'node:dgram';
import net from 'node:net';
import OneRealmEnvironment from './one-realm-environment.mjs';

/** What a unit test may not call: it would speak to somebody. */
const doors = [
  [net.Socket.prototype, 'connect'],
  [net.Server.prototype, 'listen'],
  [dgram.Socket.prototype, 'bind'],
  [dgram.Socket.prototype, 'send'],
];

/**
 * The environment of unit tests (`*.spec.ts`): sockets are shut, so that a rule which secretly asks a database or a network fails at once. An
 * environment and not a set-up file, because Node's own modules are shared by all test files of a process, the integration tests included, and
 * `teardown` runs even when a file could not be loaded.
 */
export default class UnitEnvironment extends OneRealmEnvironment {
  #original = [];

  async setup() {
    await super.setup();
    this.#original = doors.map(([owner, name]) => owner[name]);
    for (const [owner, name] of doors) {
      owner[name] = () => {
        throw new Error(`a unit test called ${name}() of a socket: make it an integration test (*.int-spec.ts)`);
      };
    }
  }

  async teardown() {
    doors.forEach(([owner, name], index) => {
      owner[name] = this.#original[index];
    });
    await super.teardown();
  }
}
