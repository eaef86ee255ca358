import { describedRefusals } from '@recourse/testing';
import { Languages } from '@recourse/web';
import { openApiDocument } from './openapi-document';

describe('the refusals of the API', () => {
  it('have a sentence of their own each: without one, people read that something has changed where nothing has', async () => {
    const codes = describedRefusals(await openApiDocument());
    expect(codes).toEqual(expect.arrayContaining(['closed', 'too_many_at_once']));
    const languages = Languages.load(['en', 'ar']);
    expect(codes.filter((code) => !languages.knows(`problems.${code}`))).toEqual([]);
  });
});
