import type { Procedure } from '@recourse/domain';
import { changedProcedure, shippedProcedure } from '@recourse/testing';
import { processPage } from './process.page';

/** The shipped remedy procedure with more than one clock in its first stage, and one across stages. */
function withClocks(): Procedure {
  const clock = (code: string, within: string, name?: string) => `
      ${code}:
        name: { en: ${code}, ar: ${code} }
        within: ${within}${name === undefined ? '' : `\n        publicName: { en: ${name}, ar: ${name} }`}
        ladder: [{ after: 1 working_day, tell: director }]`;
  const more = `${clock('remind', '2 working_days')}${clock('greet', '3 calendar_days', 'You hear that it arrived')}${clock('finish', '1 month')}`;
  return changedProcedure('remedy', (text) => text.replace('    clocks:', `    clocks:${more}`));
}

describe('what a procedure promises the public', () => {
  it('names a time limit that runs over several stages, from where and until where, and where it waits', () => {
    expect(processPage(shippedProcedure('whistleblower'), 'en').longLimits).toMatchObject([
      { within: { amount: 3, unit: 'months' }, isRepeated: false, changes: [{ change: 'extension', times: 1 }], waitsIn: [] },
    ]);
    const { longLimits } = processPage(shippedProcedure('company_mechanism'), 'en');
    expect(longLimits.map(({ until, isRepeated, waitsIn }) => [until.length, isRepeated, waitsIn.length])).toEqual([
      [2, false, 1],
      [0, true, 1],
    ]);
    expect(longLimits[1]?.name).toBe('We write to tell you how it stands');
  });

  it('names every clock of a stage that has a name for the public, and of the others the longest, which is the time for the step', () => {
    const [received] = processPage(withClocks(), 'en').stages;
    expect(received?.limits.map(({ name, within }) => [name, within.amount, within.unit])).toEqual([
      ['You hear that it arrived', 3, 'calendar_days'],
      [undefined, 1, 'months'],
    ]);
  });

  it('says by how much a time limit may be lengthened, for how long it may be stopped, and how often it may begin anew', () => {
    const limits = ['appeal', 'company_mechanism', 'compliance', 'development_bank', 'information_request', 'remedy', 'whistleblower']
      .flatMap((name) => processPage(shippedProcedure(name), 'en').stages)
      .flatMap((stage) => stage.limits);
    const changes = limits.flatMap((limit) => limit.changes);
    const extended = changes.flatMap((one) => (one.change === 'extension' ? [one] : []));
    expect(extended.length).toBeGreaterThan(5);
    expect(extended.filter(({ time, times }) => time.amount < 1 || times < 1)).toEqual([]);
    expect(changes.flatMap((one) => (one.change === 'pause' ? [one.time] : []))).toEqual([
      { amount: 6, unit: 'months' },
      { amount: 3, unit: 'months' },
      { amount: 6, unit: 'months' },
    ]);
    expect(changes.flatMap((one) => (one.change === 'restart' ? [one.times] : []))).toEqual([3, 2, 3]);
  });

  it('says each change of a time limit once, though several actions make it, and more time before a pause', () => {
    const pause = (code: string) => `
  ${code}:
    name: { en: ${code}, ar: ${code} }
    from: screening
    to: same
    roles: [supervisor, director]
    reason: required
    changesClocks:
      decide_admissibility: { pause: 6 months }
`;
    const twice = changedProcedure('remedy', (text) =>
      text.replace('\n  take_more_time:', `${pause('wait_for_a_court')}\n  take_more_time:`),
    );
    const limits = processPage(twice, 'en').stages.flatMap((stage) => (stage.code === 'screening' ? stage.limits : []));
    expect(limits.map(({ changes }) => changes)).toEqual([
      [
        { change: 'extension', time: { amount: 20, unit: 'working_days' }, times: 2 },
        { change: 'pause', time: { amount: 6, unit: 'months' } },
      ],
    ]);
  });

  it('gives the time of each part, each length once, where the public cannot tell the parts apart', () => {
    const { stages } = processPage(shippedProcedure('compliance'), 'en');
    expect(stages.filter(({ parts }) => parts.length > 0).map(({ code, parts }) => [code, parts.map(({ amount }) => amount)])).toEqual([
      ['dialogue', [40, 60]],
      ['findings', [15, 3, 6]],
    ]);
    expect(stages.find(({ code }) => code === 'findings')?.limits).toHaveLength(4);
    expect(processPage(shippedProcedure('remedy'), 'en').stages.filter(({ parts }) => parts.length > 0)).toEqual([]);
  });

  it('names a step once where a time limit ends in several stages of it', () => {
    const longer = changedProcedure('compliance', (text) =>
      text.replace('stopsIn: [corrective_action]', 'stopsIn: [corrective_action, board]'),
    );
    expect(processPage(longer, 'en').longLimits.map(({ until }) => until)).toEqual([['We are working on what follows']]);
  });

  it('gives results at ends alone, and each end has one and no time limit', () => {
    const { stages } = processPage(shippedProcedure('remedy'), 'ar');
    expect(stages.filter(({ isEnd, results }) => isEnd !== results.length > 0).map(({ code }) => code)).toEqual([]);
    expect(stages.filter(({ isEnd, limits }) => isEnd === limits.length > 0).map(({ code }) => code)).toEqual([]);
  });
});
