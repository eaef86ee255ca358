import { SystemClock } from './system-clock';
import { clockFor, TrainingClock } from './training-clock';

const STARTED = new Date('2026-11-24T09:00:00Z');
const SHOWS = new Date('2027-02-01T12:00:00Z');
const DAY_MS = 86_400_000;

describe('the clock of a training workspace', () => {
  let machine: number;
  beforeEach(() => {
    machine = STARTED.getTime();
  });
  const clock = (pace: number) => new TrainingClock({ pace, startedAt: STARTED, shows: SHOWS }, () => machine);

  it('begins where it was left, and lets a day pass in a minute', () => {
    const training = clock(1_440);
    expect(training.now()).toEqual(SHOWS);
    machine += 60_000;
    expect(training.now()).toEqual(new Date(SHOWS.getTime() + DAY_MS));
    expect(training.pace).toBe(1_440);
  });

  it('keeps the time of the machine for what lasts by the machine', () => {
    const training = clock(1_440);
    machine += 60_000;
    expect(training.machineNow()).toEqual(new Date(STARTED.getTime() + 60_000));
  });

  it('never goes backwards, whatever happens to the clock of the machine', () => {
    const training = clock(86_400);
    machine += 7_000;
    const before = training.now();
    machine -= 3_600_000;
    expect(training.now()).toEqual(before);
    machine += 3_600_000 + 1_000;
    expect(training.now()).toEqual(new Date(before.getTime() + DAY_MS));
  });

  it('shows the same in every process that got the same settings', () => {
    const [first, second] = [clock(1_440), clock(1_440)];
    first.now();
    machine += 12_345;
    expect(second.now()).toEqual(first.now());
  });

  it('stands still at a pace of nothing', () => {
    const training = clock(0);
    machine += DAY_MS;
    expect(training.now()).toEqual(SHOWS);
  });
});

describe('the clock of a process', () => {
  it('is the clock of the machine, both times being one, unless the settings say otherwise', () => {
    expect(clockFor(undefined)).toBeInstanceOf(SystemClock);
    expect(clockFor(undefined).pace).toBe(1);
    expect(clockFor({ pace: 1_440, startedAt: STARTED, shows: SHOWS })).toBeInstanceOf(TrainingClock);
  });
});
