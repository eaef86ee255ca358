import { pageTitles, titleReader, titlesIn } from './page-titles';

describe('the titles of a template', () => {
  const page = '{% extends "layouts/staff.njk" %}\n';

  it('are all that it may set, and nothing of a part of other pages', () => {
    const both = `${page}{% set title = t('casework-team.restore_whom', { name: one.name }) if one else t('casework-team.add') %}`;
    expect(titlesIn(both, 'put-on.njk', 'casework').map(({ key }) => key)).toEqual(['casework-team.restore_whom', 'casework-team.add']);
    const two = `${page}{% set title = t('intake-complaint.' + what + '.title') %}`;
    expect(titlesIn(two, 'write.njk', 'intake').map(({ key }) => key)).toEqual([
      'intake-complaint.write.title',
      'intake-complaint.add.title',
    ]);
    expect(titlesIn('{% macro part() %}{% endmacro %}', 'part.njk', 'intake')).toEqual([]);
  });

  it.each(['', '{% set title = name %}', "{% set title = t('errors.' + strange + '.title') %}"])(
    'are refused where they are not known: %j',
    (set) => {
      expect(() => titlesIn(page + set, 'odd.njk', 'intake')).toThrow('odd.njk');
    },
  );
});

it('a title is known whatever was put into it, with an error or without, in its own language', () => {
  const isMissing = titleReader('errors.not_found.title', 'en');
  expect(isMissing('There is nothing here – Somebody')).toBe(true);
  expect(isMissing('Error: There is nothing here – Somebody')).toBe(true);
  expect(isMissing('You cannot open this – Somebody')).toBe(false);
  expect(titleReader('errors.not_found.title', 'ar')('There is nothing here – Somebody')).toBe(false);
  expect(titleReader('casework-team.take_off_whom', 'en')('Take \u2066Somebody\u2069 off the team – Somebody')).toBe(true);
});

it('each question, and each error that a page can meet, has one', () => {
  const intake = pageTitles('intake').map(({ key }) => key);
  expect(intake).toEqual(expect.arrayContaining(['intake-questions.safety.title', 'errors.visit_over.title', 'errors.unreachable.title']));
  expect(intake).not.toContain('errors.forbidden.title');
  expect(pageTitles('casework').map(({ key }) => key)).toEqual(
    expect.arrayContaining(['errors.forbidden.title', 'casework-sign-in.kept.title']),
  );
});
