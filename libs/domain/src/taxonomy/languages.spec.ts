import { isLanguageTag } from './languages';

describe('the tag of a language', () => {
  it.each(['fa', 'FA', 'pt-MZ', 'zh-Hant-TW', 'prs', 'ckb', 'und', 'mul', 'en-GB-oxendict'])('is %s', (tag) => {
    expect(isLanguageTag(tag)).toBe(true);
  });

  it.each([
    'kri',
    'luo',
    'mfe',
    'swc',
    'kng',
    'gug',
    'fuv',
    'din',
    'nus',
    'lua',
    'sid',
    'tpi',
    'quc',
    'arn',
    'war',
    'ceb',
    'zlm',
    'sgz',
    'aaq',
  ])('is that of a language that few have heard of, too: %s', (tag) => {
    expect(isLanguageTag(tag)).toBe(true);
  });

  it.each([
    'zz',
    'xx',
    'ZZ',
    'zz-Latn',
    'zz-US',
    'qaa',
    'qqq',
    'english',
    'english please',
    'en, fr',
    'e',
    '',
    'en_GB',
    'x-klingon',
    'constructor',
  ])('is not %p', (tag) => {
    expect(isLanguageTag(tag)).toBe(false);
  });
});
