import { describedRefusals } from '@recourse/testing';
import { Languages } from '@recourse/web';
import { openApiDocument } from './open-api-document';

describe('the refusals of the API', () => {
  it('have a sentence of their own each: without one, people read that something has changed where nothing has', async () => {
    const codes = describedRefusals(await openApiDocument());
    expect(codes).toEqual(expect.arrayContaining(['same_person', 'clock_overdue', 'yourself']));
    const languages = Languages.load(['en', 'ar']);
    expect(codes.filter((code) => !languages.knows(`problems.${code}`))).toEqual([]);
  });
});
