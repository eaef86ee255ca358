import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrainingClock } from '@recourse/clock';
import { workerSettings } from '@recourse/config';
import { checkFolder, prepareEnvironment, readPace, startTraining, trainingSettings } from './training.mjs';

const DAY_MS = 86_400_000;
const START = new Date('2026-11-24T09:00:00.000Z');

describe('the option --clock', () => {
  it.each([
    ['--clock', 1_440],
    ['--clock 1m', 1_440],
    ['--clock=10s', 8_640],
    ['--clock 1s', 86_400],
    ['--clock 7s', 12_343],
    ['--clock 12h', 2],
  ])('%s makes case time go %i times faster', (words, pace) => {
    expect(readPace(words.split(' '))).toBe(pace);
  });

  it('may be left out', () => {
    expect(readPace([])).toBeUndefined();
  });

  it.each(['--clokc', '--clock 0s', '--clock fast', '--clock 13h', '--clock 1m 2m', '-c', 'clock', '--clock 1'])(
    '%s is refused',
    (words) => {
      expect(() => readPace(words.split(' '))).toThrow('npm start takes one option');
    },
  );
});

describe('a training workspace', () => {
  it('has a data folder of its own unless told otherwise', () => {
    const env: NodeJS.ProcessEnv = {};
    prepareEnvironment(env, 1_440);
    expect(env).toEqual({ RECOURSE_DATA_DIR: 'var/training' });
    const chosen: NodeJS.ProcessEnv = { RECOURSE_DATA_DIR: '/srv/training' };
    prepareEnvironment(chosen, 1_440);
    expect(chosen).toEqual({ RECOURSE_DATA_DIR: '/srv/training' });
  });

  it('is refused in production and on a database of one’s own', () => {
    expect(() => prepareEnvironment({ RECOURSE_MODE: 'production' }, 1_440)).toThrow('RECOURSE_MODE is production');
    expect(() => prepareEnvironment({ RECOURSE_DATABASE_URL: 'postgres://o@h/d' }, 1_440)).toThrow('a database of your own');
    expect(() => prepareEnvironment({ RECOURSE_MODE: 'production' }, undefined)).not.toThrow();
  });
});

describe('the time of a training workspace', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recourse-training-'));
    jest.useFakeTimers({ now: START });
    checkFolder(folder, 1_440);
  });
  afterEach(() => {
    jest.useRealTimers();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The clock of a process that gets this setting. */
  const clockOf = (setting: string | undefined): TrainingClock => {
    const { trainingTime } = workerSettings({
      RECOURSE_MODE: 'development',
      RECOURSE_WORKER_DATABASE_URL: 'postgres://recourse_worker@db.example/recourse',
      RECOURSE_WORKER_SECRET_KEY: 'ab'.repeat(32),
      RECOURSE_TRAINING_CLOCK: setting,
    });
    if (trainingTime === undefined) throw new Error('no training clock was set');
    return new TrainingClock(trainingTime);
  };
  const standing = () => clockOf(trainingSettings(folder, false)['RECOURSE_TRAINING_CLOCK']).now().getTime();

  it('stands still while the workspace is made', () => {
    jest.setSystemTime(START.getTime() + 40_000);
    expect(standing()).toBe(START.getTime());
    expect(clockOf(startTraining(folder, 1_440).setting).now()).toEqual(START);
  });

  it('stands still while it is stopped, and goes on from there at whatever pace', () => {
    const first = startTraining(folder, 1_440);
    jest.advanceTimersByTime(120_000);
    first.stop();
    jest.setSystemTime(START.getTime() + 30 * DAY_MS);
    expect(standing()).toBe(START.getTime() + 2 * DAY_MS);
    const second = clockOf(startTraining(folder, 86_400).setting);
    expect(second.now().getTime()).toBe(START.getTime() + 2 * DAY_MS);
    jest.advanceTimersByTime(1_000);
    expect(second.now().getTime()).toBe(START.getTime() + 3 * DAY_MS);
  });

  it('never goes backwards after a power cut, and skips a few seconds at most', () => {
    const { setting } = startTraining(folder, 1_440);
    jest.advanceTimersByTime(123_456);
    const last = clockOf(setting).now().getTime();
    jest.clearAllTimers();
    const next = standing();
    expect(next).toBeGreaterThanOrEqual(last);
    expect(next).toBeLessThanOrEqual(last + 15_000 * 1_440);
  });

  it('is the same for a command that is run beside it', () => {
    const { setting } = startTraining(folder, 1_440);
    expect(trainingSettings(folder, true)).toEqual({ RECOURSE_TRAINING_CLOCK: setting });
  });

  it('is nothing to a workspace of real cases, which is not started with it either', () => {
    const real = join(folder, 'real');
    mkdirSync(join(real, 'postgres'), { recursive: true });
    expect(trainingSettings(real, false)).toEqual({});
    expect(() => checkFolder(real, undefined)).not.toThrow();
    expect(() => checkFolder(real, 1_440)).toThrow('is a workspace in which time goes as usual');
    expect(existsSync(join(real, 'training-clock.json'))).toBe(false);
  });

  it('is not left out by starting without it', () => {
    expect(() => checkFolder(folder, undefined)).toThrow('is a training workspace');
    expect(() => checkFolder(folder, 86_400)).not.toThrow();
  });

  it('is not guessed when the note is broken', () => {
    writeFileSync(join(folder, 'training-clock.json'), '{"reached":');
    expect(() => startTraining(folder, 1_440)).toThrow('nobody knows what time it is in this workspace');
  });
});
