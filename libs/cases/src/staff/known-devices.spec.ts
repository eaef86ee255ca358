import { DEVICE_DAYS, KnownDevices } from './known-devices';

const devices = new KnownDevices(Buffer.alloc(32, 1));
const NOW = new Date('2026-03-02T09:00:00Z');
const AMINA = '018f0000-0000-7000-8000-000000000001';
const BORIS = '018f0000-0000-7000-8000-000000000002';
const address = '203.0.113.7';
const later = (days: number) => new Date(NOW.getTime() + days * 24 * 3_600_000);

describe('a known device', () => {
  it('is known for the account that was opened there, and for no other', () => {
    const device = devices.remember(AMINA, undefined, NOW);
    expect(devices.originOf(AMINA, { address, device }, NOW).isKnown).toBe(true);
    expect(devices.originOf(BORIS, { address, device }, NOW).isKnown).toBe(false);
    expect(new KnownDevices(Buffer.alloc(32, 2)).originOf(AMINA, { address, device }, NOW).isKnown).toBe(false);
  });

  it('is counted by itself, wherever it is taken', () => {
    const device = devices.remember(AMINA, undefined, NOW);
    const one = devices.originOf(AMINA, { address, device }, NOW).bucket;
    expect(devices.originOf(AMINA, { address: '198.51.100.1', device }, later(3)).bucket).toEqual(one);
    expect(devices.originOf(AMINA, { address }, NOW).bucket).not.toEqual(one);
    // Each sign-in gives another: nothing ties two together, and guesses made with a copy are counted apart.
    const again = devices.remember(AMINA, device, NOW);
    expect(again).not.toContain(device.split('.')[0]);
    expect(devices.originOf(AMINA, { address, device: again }, NOW).bucket).not.toEqual(one);
  });

  it('serves several people, of whom the last five are kept', () => {
    let device: string | undefined;
    const people = Array.from({ length: 6 }, (_, index) => AMINA.replace(/1$/, String(index)));
    for (const person of people) device = devices.remember(person, device, NOW);
    expect(people.map((person) => devices.originOf(person, { address, device: device ?? '' }, NOW).isKnown)).toEqual([
      false,
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  it('is forgotten after half a year, and cannot be made to last longer', () => {
    const device = devices.remember(AMINA, undefined, NOW);
    expect(devices.originOf(AMINA, { address, device }, later(DEVICE_DAYS)).isKnown).toBe(true);
    expect(devices.originOf(AMINA, { address, device }, later(DEVICE_DAYS + 1)).isKnown).toBe(false);
    const longer = device.replace(/\.(\d+)\./, (_, day) => `.${Number(day) + 9}.`);
    expect(devices.originOf(AMINA, { address, device: longer }, NOW).isKnown).toBe(false);
  });

  it.each(['', '~', 'a.b.c', 'x'.repeat(5_000), '~'.repeat(5_000)])('is none when it brings what we did not make (%#)', (device) => {
    expect(devices.originOf(AMINA, { address, device }, NOW).isKnown).toBe(false);
    expect(devices.remember(AMINA, device, NOW).split('~')).toHaveLength(1);
  });
});

describe('a network', () => {
  it('is one for everybody in it, another for each account and each day, and not to be read from what is stored', () => {
    const bucket = (subject: string, from: string, now = NOW) => devices.originOf(subject, { address: from }, now).bucket.toString('hex');
    expect(bucket(AMINA, '2001:db8:1:2::1')).toBe(bucket(AMINA, '2001:db8:1:2:ffff::2'));
    const all = [bucket(AMINA, address), bucket(BORIS, address), bucket(AMINA, '203.0.113.8'), bucket(AMINA, address, later(1))];
    expect(new Set(all).size).toBe(4);
  });
});
