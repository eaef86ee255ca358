import { problemsWithFileName } from './file-names.mjs';

describe('the name of a source file', () => {
  it.each([
    'libs/persistence/src/record/case-event.store.ts',
    'libs/persistence/src/record/case-event.int-spec.ts',
    'apps/intake/src/my-complaint/return.form.spec.ts',
    'libs/vault/src/index.ts',
    'test/journeys/file-and-return.e2e.ts',
    'tools/build.mjs',
  ])('%s is fine', (path) => {
    expect(problemsWithFileName(path)).toEqual([]);
  });

  it.each([
    ['libs/vault/src/caseKey.ts', /kebab-case/],
    ['libs/vault/src/case_key.ts', /kebab-case/],
    ['apps/casework/src/queue/queue.dto.ts', /one of the kinds/],
    ['apps/casework/src/queue/queue.test.ts', /one of the kinds/],
    ['tools/doThings.mjs', /kebab-case/],
    ['libs/web/src/utils/escape.ts', /“utils” says nothing/],
    ['libs/web/src/helpers.ts', /“helpers” says nothing/],
    ['libs/web/src/one/two/three/four/page.ts', /at most 3 deep/],
    ['libs/web/src/pages/index.ts', /only a library has an index\.ts/],
  ])('%s is not', (path, problem) => {
    expect(problemsWithFileName(path)).toEqual([expect.stringMatching(problem)]);
  });
});
