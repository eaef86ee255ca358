import { nowAndThen } from './now-and-then';

describe('a check that is made now and then', () => {
  it('is made once for all who ask in the meantime, and gives them its answer; a bad one for a second', async () => {
    let [time, made] = [0, 0];
    const check = nowAndThen(
      () => {
        made += 1;
        return made === 1 ? Promise.resolve('room') : Promise.reject(new Error('no room'));
      },
      10_000,
      () => time,
    );
    expect(await Promise.all([check(), check()])).toEqual(['room', 'room']);
    time = 9_999;
    expect([await check(), made]).toEqual(['room', 1]);
    time = 10_000;
    for (let times = 0; times < 2; times += 1) await expect(check()).rejects.toThrow('no room');
    expect(made).toBe(2);
    time = 11_000;
    await expect(check()).rejects.toThrow('no room');
    expect(made).toBe(3);
  });
});
