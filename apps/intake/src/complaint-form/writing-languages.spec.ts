import { isLanguageTag } from '@recourse/domain';
import { writingLanguages } from './writing-languages';

describe('the languages offered under the story', () => {
  it('are all taken', () => {
    expect(writingLanguages.filter((tag) => !isLanguageTag(tag))).toEqual([]);
  });
});
