import { negotiateLanguage } from './negotiate';

describe('negotiateLanguage', () => {
  it.each([
    ['ar', 'ar'],
    ['ar-EG,en;q=0.8', 'ar'],
    ['fr-CH, fr;q=0.9, en;q=0.8, ar;q=0.7', 'en'],
    ['en;q=0.1, ar;q=0.9', 'ar'],
    ['AR', 'ar'],
    ['en;q=0, ar;q=0.1', 'ar'],
    ['fr', undefined],
    ['', undefined],
    [undefined, undefined],
    ['*', undefined],
    [';;;q=x,,', undefined],
  ])('%s → %s', (header, language) => {
    expect(negotiateLanguage(header, ['en', 'ar'])).toBe(language);
  });
});
