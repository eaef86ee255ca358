import { FULL_PROCEDURE } from '../../test-support/small-procedure';
import { readPublishedProcedure } from './parse-procedure';
import { clockName, type Procedure } from './procedure';

function published(text: string): Procedure {
  const read = readPublishedProcedure(text, 'full.yaml');
  if (!read.ok) throw new Error('the document cannot be read');
  return read.procedure;
}

describe('what staff call a clock', () => {
  it('is its name in the procedure', () => {
    expect(clockName(published(FULL_PROCEDURE), 'whole')).toEqual({ en: 'Finish it all', ar: 'إنهاء كل شيء' });
  });

  it('is what the public is told in a version that was published before clocks had names, or else its code, legible', () => {
    const before = published(
      FULL_PROCEDURE.replace(/^ +name: \{.*\}\n(?= +within)/gm, '').replace(/^( {4})name: .*\n(?= {4}publicName)/gm, ''),
    );
    expect(before.clocks.map(({ name }) => name)).toEqual([{}, {}]);
    expect(clockName(before, 'feedback')).toEqual({ en: 'You hear from us', ar: 'تسمع منا' });
    expect(clockName(before, 'whole')).toEqual({ en: 'whole' });
  });

  it('is its code, legible, where the version does not have it, and where nobody knows the version', () => {
    expect(clockName(published(FULL_PROCEDURE), 'first_report')).toEqual({ en: 'first report' });
    expect(clockName(undefined, 'first_report')).toEqual({ en: 'first report' });
  });
});
