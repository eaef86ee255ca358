import { PublishProcedure } from '@recourse/cases';
import { Given, remedyText, testDatabase } from '@recourse/testing';
import { EXIT } from '../command';
import { operate } from '../../test-support/operate';

const MONDAY = new Date('2026-03-02T07:00:00Z');

const database = testDatabase();

const run = (...words: readonly string[]) => operate(['procedure', 'move', ...words], { database, clock: MONDAY });

it('says which cases nobody could close under the new version, beforehand and when it leaves them', async () => {
  const given = await Given.in(database, MONDAY);
  const { reference } = await given.caseIn('acknowledged', { now: MONDAY });
  const text = (await remedyText())
    .replace(/^version: 1$/m, 'version: 2')
    .replace(/^facts:$/m, 'facts:\n  checked: { en: Checked, ar: فُحص }')
    .replace(/^ {2}acknowledge:$/m, '  acknowledge:\n    establishes: checked')
    .replaceAll(/^( {4}outcomes: .*)$/gm, '$1\n    guards: checked');
  await new PublishProcedure(given.owner, given.institution.rules).run({ text, fileName: 'remedy.yaml', now: MONDAY });
  const why = 'in “acknowledged” nobody on its team could ever close it by the new rules, given what was done on it so far.';
  const preview = await run('remedy', '1', '2', '--preview');
  expect(preview.code).toBe(EXIT.refused);
  expect(preview.noted).toContain(`${reference} would stay as it is: ${why} Publish a version with a way out`);
  expect(preview.noted).toContain('0 open cases would move. Nothing was changed.\n1 would stay as it is.');
  const moved = await run('remedy', '1', '2');
  expect(moved.code).toBe(EXIT.refused);
  expect(moved.noted).toContain(`${reference} stays as it was: ${why}`);
});
