import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExpectedFailure } from '../expected-failure.mjs';

/** Seconds in a day. */
const day = 86_400;
const secondsIn = { s: 1, m: 60, h: 3_600 };
/** The note is written so often. Milliseconds. */
const everyMs = 5_000;

/** @typedef {{ reached: string, setting?: string }} Note case time that was reached, and the setting of the processes that run now */

/**
 * How many times faster case time is to go, from the words after `npm start --`: `--clock` for a day in a minute, `--clock 10s` for a day in ten seconds.
 * @param {readonly string[]} words
 * @returns {number | undefined} undefined without `--clock`
 */
export function readPace(words) {
  const [option = '', length = '1m', ...rest] = words.flatMap((word) => word.split('='));
  if (option === '') return undefined;
  const [, count, unit] = /^([1-9]\d{0,4})([smh])$/.exec(length) ?? [];
  const seconds = Number(count) * secondsIn[/** @type {'s' | 'm' | 'h'} */ (unit)];
  if (option !== '--clock' || rest.length > 0 || !(seconds <= day / 2)) {
    throw new ExpectedFailure(
      'npm start takes one option: “npm start -- --clock” makes a training workspace in which a day passes in a minute; “--clock 10s” in ten seconds, “--clock 1h” in an hour (12h at most).',
    );
  }
  return Math.round(day / seconds);
}

/**
 * Prepares the environment for a training workspace: it has a data folder of its own, and is refused where cases could be real.
 * @param {NodeJS.ProcessEnv} env changed
 * @param {number | undefined} pace
 */
export function prepareEnvironment(env, pace) {
  if (env.RECOURSE_TRAINING_CLOCK) {
    throw new ExpectedFailure(
      'RECOURSE_TRAINING_CLOCK is set by “npm start -- --clock” for the processes it starts. Take it out of the settings.',
    );
  }
  if (pace === undefined) return;
  const wrong = [
    ...(env.RECOURSE_DATABASE_URL ? ['RECOURSE_DATABASE_URL names a database of your own'] : []),
    ...(env.RECOURSE_MODE === 'production' ? ['RECOURSE_MODE is production'] : []),
  ];
  if (wrong.length > 0) {
    throw new ExpectedFailure(
      `--clock makes a training workspace, in which nothing is real. It does not run here: ${wrong.join(', and ')}.`,
    );
  }
  env.RECOURSE_DATA_DIR ||= 'var/training';
}

/**
 * Refuses to mix the times: a workspace is for training from its first start on, or never.
 * @param {string} dataDir locked
 * @param {number | undefined} pace
 */
export function checkFolder(dataDir, pace) {
  const isTraining = existsSync(noteFile(dataDir));
  if (pace === undefined && isTraining) {
    throw new ExpectedFailure(
      `${dataDir} is a training workspace, in which time goes faster. Start it with “npm start -- --clock”, or choose another folder with RECOURSE_DATA_DIR.`,
    );
  }
  if (pace !== undefined && !isTraining && existsSync(join(dataDir, 'postgres'))) {
    throw new ExpectedFailure(
      `${dataDir} is a workspace in which time goes as usual: with --clock its dates would be mixed up. Choose another folder with RECOURSE_DATA_DIR, or none for var/training.`,
    );
  }
  if (pace !== undefined && !isTraining) writeNote(dataDir, { reached: new Date().toISOString() });
}

/**
 * The setting for a program that is run on this data folder; nothing unless it is a training workspace. While the workspace is stopped, its time stands still.
 * @param {string} dataDir
 * @param {boolean} isRunning
 * @returns {Record<string, string>}
 */
export function trainingSettings(dataDir, isRunning) {
  if (!existsSync(noteFile(dataDir))) return {};
  const { reached, setting } = readNote(dataDir);
  return { RECOURSE_TRAINING_CLOCK: isRunning && setting ? setting : asSetting(0, new Date(), reached) };
}

/**
 * Lets case time go on from where it stopped. What it will have reached a little later is noted ahead, so that it never goes backwards, not even after a
 * power cut: then it skips the seconds that were ahead.
 * @param {string} dataDir
 * @param {number} pace
 */
export function startTraining(dataDir, pace) {
  const { reached } = readNote(dataDir);
  const startedAt = new Date();
  const setting = asSetting(pace, startedAt, reached);
  const caseTimeIn = (/** @type {number} */ ms) =>
    new Date(Date.parse(reached) + Math.max(0, Date.now() - startedAt.getTime() + ms) * pace).toISOString();
  const noteAhead = () => writeNote(dataDir, { reached: caseTimeIn(3 * everyMs), setting });
  noteAhead();
  const timer = setInterval(noteAhead, everyMs);
  return {
    setting,
    /** Once the processes have ended: case time stands still from here. */
    stop: () => {
      clearInterval(timer);
      writeNote(dataDir, { reached: caseTimeIn(0) });
    },
  };
}

/**
 * @param {number} pace
 * @param {Date} startedAt
 * @param {string} shows
 */
function asSetting(pace, startedAt, shows) {
  return `${pace} since ${startedAt.toISOString()} from ${shows}`;
}

/** @param {string} dataDir */
function noteFile(dataDir) {
  return join(dataDir, 'training-clock.json');
}

/**
 * @param {string} dataDir
 * @returns {Note}
 */
function readNote(dataDir) {
  const file = noteFile(dataDir);
  /** @type {Note | undefined} */
  let note;
  try {
    note = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    note = undefined;
  }
  if (note === undefined || Number.isNaN(Date.parse(note.reached))) {
    throw new ExpectedFailure(
      `${file} cannot be read, and nobody knows what time it is in this workspace. Delete the folder ${dataDir} to begin anew.`,
    );
  }
  return note;
}

/**
 * Written aside and renamed, so that a crash leaves the whole note or the one before.
 * @param {string} dataDir
 * @param {Note} note
 */
function writeNote(dataDir, note) {
  const file = noteFile(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(note)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
