import { waitFor } from './wait-for';

describe('waitFor', () => {
  it('gives what was waited for, and says what was waited for in vain', async () => {
    let asked = 0;
    expect(await waitFor('the third time', () => ++asked === 3 && 'third')).toBe('third');
    await expect(waitFor('pigs fly', () => false, 30)).rejects.toThrow('waited 30 ms in vain until pigs fly');
  });
});
