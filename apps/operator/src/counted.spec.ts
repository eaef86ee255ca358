import { chosen, counted } from './counted';

describe('what the operator is told in numbers', () => {
  it.each([
    [0, '0 tracks were'],
    [1, '1 track was'],
    [2, '2 tracks were'],
  ])('is in the singular for one alone: %d', (count, said) => {
    expect(`${counted(count, 'track')} ${chosen(count, 'was', 'were')}`).toBe(said);
  });
});
