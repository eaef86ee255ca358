import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot } from '../../tools/install-dependencies.mjs';
import { loadSource } from '../../tools/load-source.mjs';
import { daysBlocks, hoursBlocks } from './cases.mjs';
import { Dice } from './dice.mjs';

/*
 * Compares our arithmetic of working time with two implementations that this project did not write (README.md). `--write` records every case on
 * which all agree, for `npm test`.
 */

const { addDuration, subtractDuration, remainingAt, resumedDueAt, dateOf } = loadSource('libs/domain/src/index.ts');
const { workedBetween, closeOf } = loadSource('libs/domain/src/clocks/working-time.ts');
const { dayOfDate, firstMoment, localTime } = loadSource('libs/domain/src/clocks/local-time.ts');

const HOURS = { seed: 20_261_102, calendars: 300, each: 250 };
const DAYS = { seed: 20_261_103, calendars: 400, each: 150 };
const WEEK = 7 * 86_400;
const FIXTURE = 'libs/domain/vectors/working-time.json.gz';

const inMs = (/** @type {number} */ seconds) => new Date(seconds * 1000);
/** The last millisecond of a day stands for its end. */
const inSeconds = (/** @type {Date} */ at) => Math.ceil(at.getTime() / 1000);

/** A clock of so long, as pauses see it. @param {string} unit @param {number} amount */
const clockOf = (unit, amount) => ({ within: { unit, amount } });

/** @param {string} command @param {string[]} parameters @param {unknown[]} blocks @returns {any[]} */
function ask(command, parameters, blocks) {
  const { status, stdout, stderr } = spawnSync(command, parameters, {
    input: blocks.map((block) => JSON.stringify(block)).join('\n') + '\n',
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')}: ${stderr}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** Lets the clock run, pausing it now and then. @param {import('./cases.mjs').HoursCase} one @param {any} calendar @param {Dice} dice */
function runInHours(one, calendar, dice) {
  const clock = clockOf('working_minutes', one.minutes);
  let dueAt = addDuration(inMs(one.start), clock.within, calendar);
  let now = one.start;
  const pauses = [];
  for (let left = dice.whole(-1, 3); left > 0 && inSeconds(dueAt) - now > 1; left -= 1) {
    const from = dice.whole(now, inSeconds(dueAt) - 1);
    const to = from + dice.magnitude(60, 10 * 86_400);
    dueAt = resumedDueAt(clock, remainingAt(clock, dueAt, inMs(from), calendar), inMs(to), calendar);
    pauses.push([from, to]);
    now = to;
  }
  const worked = workedBetween(calendar, inMs(one.start), inMs(one.start + WEEK)) / 1000;
  return { ...one, pauses, due: inSeconds(dueAt), worked };
}

/** What Business::Hours calls a week. @param {any} calendar */
function hoursForPerl({ workingHours }) {
  const time = (/** @type {number} */ minutes) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return Object.fromEntries(
    Object.entries(workingHours).map(([day, hours]) => [
      Number(day) % 7,
      hours.map((/** @type {{from: number, to: number}} */ { from, to }) => [time(from), time(to)]),
    ]),
  );
}

/**
 * Whether work begins or ends, between two moments, at a time that does not exist or exists twice: there, each has a meaning of its own (README.md).
 * @param {any} calendar @param {number} from @param {number} to
 */
function meetsOddTime({ timeZone, workingHours }, from, to) {
  for (let day = Math.floor(from / 86_400) - 1; day <= Math.floor(to / 86_400) + 1; day += 1) {
    const hours = workingHours[((((day + 3) % 7) + 7) % 7) + 1] ?? [];
    for (const minutes of hours.flatMap((/** @type {{from: number, to: number}} */ one) => [one.from, one.to]))
      if (isOdd(timeZone, day, minutes)) return true;
  }
  return false;
}

/** @param {string} timeZone @param {number} day @param {number} minutes */
function isOdd(timeZone, day, minutes) {
  const wall = day * 86_400_000 + minutes * 60_000;
  const shows = (/** @type {number} */ at) => {
    const { day: shown, ms } = localTime(timeZone, at);
    return shown * 86_400_000 + ms === wall;
  };
  const moment = firstMoment(timeZone, day, minutes * 60_000);
  return !shows(moment) || shows(moment + 1_800_000) || shows(moment + 3_600_000);
}

function compareHours() {
  const dice = new Dice(HOURS.seed + 1);
  const blocks = hoursBlocks(HOURS.seed, HOURS.calendars, HOURS.each).map(({ calendar, window, cases }) => ({
    calendar,
    window,
    cases: cases.map((one) => runInHours(one, calendar, dice)),
  }));
  const answers = ask(
    'perl',
    [join(import.meta.dirname, 'business-hours.pl')],
    blocks.map(({ calendar, window, cases }) => ({
      timeZone: calendar.timeZone,
      hours: hoursForPerl(calendar),
      holidays: calendar.holidays,
      window,
      cases: cases.map(({ start, minutes, pauses }) => [start, minutes * 60, pauses]),
    })),
  );
  return blocks.map((block, index) => ({
    ...block,
    cases: block.cases.map((one, number) => {
      const [due, worked] = answers[index][number];
      const agrees = due === one.due && worked === one.worked;
      const isOddTime = !agrees && meetsOddTime(block.calendar, one.start, Math.max(due, one.due, one.start + WEEK));
      return { ...one, agrees, isOddTime, theirs: { due, worked } };
    }),
  }));
}

/** Lets a clock of days run, pausing it over whole days. @param {import('./cases.mjs').DaysCase} one @param {any} calendar @param {Dice} dice */
function runInDays(one, calendar, dice) {
  const begins = inMs(one.start);
  const startDate = dateOf(calendar, begins);
  if (dice.falls(0.25)) {
    const at = subtractDuration(begins, { unit: one.unit, amount: one.amount }, calendar);
    return { ...one, amount: -one.amount, startDate, pauses: [], due: dateOf(calendar, at), isEvening: isEvening(calendar, at) };
  }
  const clock = clockOf(one.unit, one.amount);
  let dueAt = addDuration(begins, clock.within, calendar);
  let day = dayOfDate(startDate);
  const pauses = [];
  // What a pause does to other units than working days, workalendar has no word for.
  for (let left = one.unit === 'working_days' ? dice.whole(-1, 2) : 0; left > 0; left -= 1) {
    const lastDay = dayOfDate(dateOf(calendar, dueAt));
    if (lastDay <= day) break;
    const from = dice.whole(day + 1, lastDay);
    const to = from + dice.magnitude(1, 20);
    const remaining = remainingAt(clock, dueAt, midnight(calendar, from), calendar);
    dueAt = resumedDueAt(clock, remaining, midnight(calendar, to), calendar);
    pauses.push([dateOfDay(from), dateOfDay(to)]);
    day = to;
  }
  return { ...one, startDate, pauses, due: dateOf(calendar, dueAt), isEvening: isEvening(calendar, dueAt) };
}

const dateOfDay = (/** @type {number} */ day) => new Date(day * 86_400_000).toISOString().slice(0, 10);
const midnight = (/** @type {any} */ calendar, /** @type {number} */ day) => new Date(firstMoment(calendar.timeZone, day, 0));
const isEvening = (/** @type {any} */ calendar, /** @type {Date} */ at) =>
  closeOf(calendar, dayOfDate(dateOf(calendar, at))).getTime() === at.getTime();

function compareDays() {
  const dice = new Dice(DAYS.seed + 1);
  const blocks = daysBlocks(DAYS.seed, DAYS.calendars, DAYS.each).map(({ calendar, cases }) => ({
    calendar,
    cases: cases.map((one) => runInDays(one, calendar, dice)),
  }));
  const answers = ask(
    '/usr/bin/python3',
    [join(import.meta.dirname, 'workalendar-days.py')],
    blocks.map(({ calendar, cases }) => ({
      weekend: calendar.weekend.map((/** @type {number} */ day) => day - 1),
      holidays: calendar.holidays,
      worked: calendar.workedDays.map((/** @type {{date: string}} */ { date }) => date),
      cases: cases.map(({ startDate, unit, amount, pauses }) => [startDate, unit, amount, pauses]),
    })),
  );
  return blocks.map((block, index) => ({
    ...block,
    cases: block.cases.map((one, number) => ({
      ...one,
      theirs: answers[index][number],
      agrees: one.due === answers[index][number] && one.isEvening,
    })),
  }));
}

/** @param {string} oracle @param {{calendar: any, cases: any[]}[]} blocks @returns {number} how many disagree */
function tell(oracle, blocks) {
  const all = blocks.flatMap(({ cases }) => cases);
  const odd = all.filter(({ isOddTime }) => isOddTime === true).length;
  const apart = blocks.flatMap(({ calendar, cases }) =>
    cases.filter(({ agrees, isOddTime }) => !agrees && isOddTime !== true).map((one) => ({ calendar, one })),
  );
  const paused = all.filter(({ pauses }) => pauses.length > 0).length;
  process.stdout.write(
    `${oracle}: ${all.length} cases, ${paused} of them with pauses, ${blocks.length} calendars; ${apart.length} disagree`,
  );
  process.stdout.write(odd > 0 ? `, and ${odd} where work begins or ends at a time that does not exist or exists twice\n` : '\n');
  for (const { calendar, one } of apart.slice(0, 5)) process.stdout.write(`  ${JSON.stringify(one)}\n    on ${JSON.stringify(calendar)}\n`);
  return apart.length;
}

/** @param {any[]} hours @param {any[]} days */
function record(hours, days) {
  const vectors = {
    hours: hours.map(({ calendar, cases }) => ({
      calendar,
      // start, working minutes, pauses as [from, to], due, seconds of working time in the week after the start
      cases: cases
        .filter(({ agrees }) => agrees)
        .map(({ start, minutes, pauses, due, worked }) => [
          start,
          minutes,
          pauses.map(([from, to]) => [from - start, to - start]),
          due - start,
          worked,
        ]),
    })),
    days: days.map(({ calendar, cases }) => ({
      calendar,
      // start, unit, amount, pauses as [from, to), the date on which it ends
      cases: cases.filter(({ agrees }) => agrees).map(({ start, unit, amount, pauses, due }) => [start, unit, amount, pauses, due]),
    })),
  };
  const lines = (/** @type {any[]} */ blocks) => blocks.map((block) => JSON.stringify(block)).join(',\n');
  const text = `{"hours":[\n${lines(vectors.hours)}\n],"days":[\n${lines(vectors.days)}\n]}\n`;
  // Without a time of its own, so that the same cases are the same file.
  const packed = gzipSync(text, { level: 9 });
  writeFileSync(join(projectRoot, FIXTURE), packed);
  const count = [...vectors.hours, ...vectors.days].reduce((sum, { cases }) => sum + cases.length, 0);
  process.stdout.write(`${FIXTURE}: ${count} cases, ${Math.round(packed.length / 1000)} kB\n`);
}

const hours = compareHours();
const hoursApart = tell('Business::Hours', hours);
const days = compareDays();
const apart = hoursApart + tell('workalendar', days);
if (process.argv.includes('--write')) record(hours, days);
process.exitCode = apart === 0 ? 0 : 1;
