import { didYouMean } from './did-you-mean';

const known = ['stages', 'actions', 'calendar', 'to', 'from', 'publicMeaning'];

describe('didYouMean', () => {
  it.each([
    ['stage', 'stages'],
    ['satges', 'stages'],
    ['calender', 'calendar'],
    ['Calendar', 'calendar'],
    ['actoins', 'actions'],
    ['form', 'from'],
    ['public_meaning', 'publicMeaning'],
  ])('%s: %s', (typed, word) => {
    expect(didYouMean(typed, known)).toBe(`Did you mean “${word}”?`);
  });

  it.each(['guards', 'on', 'x', '', 'x'.repeat(100_000)])('does not guess for %.20j', (typed) => {
    expect(didYouMean(typed, known)).toBeUndefined();
  });
});
