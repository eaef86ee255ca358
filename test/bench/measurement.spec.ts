import {
  asJson,
  atLeast,
  atMost,
  broken,
  exactly,
  hardMisses,
  isReached,
  notMeasured,
  percentile,
  table,
  type Measurement,
} from './measurement';

const lost: Measurement = { part: 'submit', what: 'lost', value: 1, unit: '', bar: exactly(0) };
const kept: Measurement = { ...lost, value: 0 };
const slow: Measurement = { part: 'clocks', what: 'all fired after', value: 61.25, unit: 's', bar: atMost(60) };
const skipped = notMeasured('clocks', 'Redis flushed in the middle', 'there is no Redis');

describe('what has to be reached', () => {
  it.each([
    [59, atMost(60), true],
    [60, atMost(60), true],
    [61, atMost(60), false],
    [40, atLeast(40), true],
    [39, atLeast(40), false],
    [9_999, exactly(10_000), false],
    [10_001, exactly(10_000), false],
    [10_000, exactly(10_000), true],
    [Number.NaN, exactly(0), false],
  ])('%d against %j: %s', (value, bar, reached) => {
    expect(isReached({ part: 'any', what: 'any', value, unit: '', bar })).toBe(reached);
  });

  it('is not asked of a figure that only explains, nor of one that was not measured', () => {
    expect(isReached({ part: 'any', what: 'any', value: 1, unit: '' })).toBeUndefined();
    expect(isReached({ ...lost, value: undefined })).toBeUndefined();
  });
});

describe('what fails the bench', () => {
  it('is something lost or done twice, and no slowness', () => {
    expect(hardMisses([lost, kept, slow, skipped])).toEqual([lost]);
  });

  it('is also a part that ended with an error, of which the first line is told', () => {
    const ended = broken('lifecycle', new Error('socket hang up\n    at Socket'));
    expect(hardMisses([ended])).toEqual([ended]);
    expect(ended.what).toBe('ended early: socket hang up');
  });

  it('is also a count that is no number', () => {
    expect(hardMisses([{ ...kept, value: Number.NaN }])).toHaveLength(1);
  });
});

describe('the table', () => {
  it('has figures right-aligned, the bar and the verdict in words, and says what was not measured and why', () => {
    expect(table([lost, kept, slow, { part: 'submit', what: 'explains', value: 97.06, unit: '/s' }, skipped]).split('\n')).toEqual([
      'Part    What                         Measured  Bar',
      'submit  lost                                1  exactly 0   FAILED',
      'submit  lost                                0  exactly 0   reached',
      'clocks  all fired after                61.3 s  at most 60  missed',
      'submit  explains                      97.1 /s',
      'clocks  Redis flushed in the middle         -              NOT MEASURED: there is no Redis',
    ]);
  });
});

it('programs read the same figures, with what was not measured as null', () => {
  const { cores, measurements } = JSON.parse(asJson([lost, skipped], { cores: 2 })) as { cores: number; measurements: unknown[] };
  expect(cores).toBe(2);
  expect(measurements).toMatchObject([
    { value: 1, isReached: false },
    { value: null, isReached: null, why: 'there is no Redis' },
  ]);
});

it('a percentile is a value that was measured, whatever the order', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0.5, 0.95, 1].map((share) => percentile(values, share))).toEqual([50, 95, 100]);
  expect(percentile([7], 0.95)).toBe(7);
});
