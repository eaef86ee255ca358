import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@recourse/config';
import { parseProcedure, type Procedure } from '@recourse/domain';
import { processPage } from './process.page';

function shipped(name: string): Procedure {
  const parsed = parseProcedure(readFileSync(join(projectRoot, 'libs/domain/procedures', `${name}.yaml`), 'utf8'), `${name}.yaml`);
  if (!parsed.ok) throw new Error(`${name}.yaml has mistakes`);
  return parsed.procedure;
}

describe('what a procedure promises the public', () => {
  it('names a time limit that runs over several stages, from where and until where', () => {
    expect(processPage(shipped('whistleblower'), 'en').longLimits).toMatchObject([{ within: { amount: 3, unit: 'months' } }]);
    const { longLimits } = processPage(shipped('company_mechanism'), 'en');
    expect(longLimits).toHaveLength(1);
    expect(longLimits[0]?.until).toHaveLength(2);
  });

  it('says by how much a time limit may be lengthened', () => {
    const extended = ['company_mechanism', 'compliance', 'development_bank', 'remedy', 'whistleblower']
      .flatMap((name) => processPage(shipped(name), 'en').stages)
      .flatMap(({ extension }) => extension ?? []);
    expect(extended.length).toBeGreaterThan(0);
    expect(extended.filter(({ by, times }) => by.amount < 1 || times < 1)).toEqual([]);
  });

  it('gives results at ends alone, and each end has one', () => {
    const { stages } = processPage(shipped('remedy'), 'ar');
    expect(stages.filter(({ isEnd, results }) => isEnd !== results.length > 0).map(({ code }) => code)).toEqual([]);
  });
});
