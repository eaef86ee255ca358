import { Dice } from './dice.mjs';

/*
 * Random calendars and cases. Times are seconds since 1970 UTC. Half of all starts lie within some days of a change of clocks, where there is one.
 */

/** @typedef {import('../../libs/domain/src/index.js').Calendar} Calendar */
/** @typedef {{calendar: Calendar, window: [number, number], cases: HoursCase[]}} HoursBlock */
/** @typedef {{start: number, minutes: number, pauses: [number, number][]}} HoursCase pauses are made by whoever knows when the clock runs out */
/** @typedef {{calendar: Calendar, cases: DaysCase[]}} DaysBlock */
/** @typedef {{start: number, unit: string, amount: number}} DaysCase */

const ZONES = [
  'Europe/Zurich',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'America/Bogota',
  'America/Santiago',
  'Asia/Riyadh',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Asia/Tehran',
  'Africa/Cairo',
  'Africa/Casablanca',
  'Africa/Lagos',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
];
const WEEKENDS = [[6, 7], [6, 7], [6, 7], [5, 6], [5], [7], [], [1], [4, 5]];
const DAY = 86_400;
const first = Date.UTC(2018, 0, 1) / 1000;
const last = Date.UTC(2026, 0, 1) / 1000;

/** Seconds at which a zone changes its clocks, between two moments, to the day. @param {string} timeZone @param {number} from @param {number} to */
function changes(timeZone, from, to) {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const found = [];
  let before = '';
  for (let at = from; at < to; at += DAY) {
    const name = format.formatToParts(at * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    if (before !== '' && name !== before) found.push(at);
    before = name;
  }
  return found;
}

/** @param {Dice} dice @param {number} from @param {number} to @param {number} most */
function dates(dice, from, to, most) {
  const days = Array.from({ length: dice.whole(0, most) }, () => new Date(dice.whole(from, to) * 1000).toISOString().slice(0, 10));
  return [...new Set(days)].sort();
}

/** @param {Dice} dice @param {boolean} atNight hours at any time of day, or in daytime only */
function intervals(dice, atNight) {
  const [earliest, latest] = atNight ? [0, 288] : [72, 264];
  const times = new Set();
  const wanted = 2 * dice.whole(1, 3);
  while (times.size < wanted) times.add(dice.whole(earliest, latest) * 5);
  const sorted = [...times].sort((one, other) => one - other);
  return Array.from({ length: wanted / 2 }, (_, index) => ({ from: sorted[2 * index], to: sorted[2 * index + 1] }));
}

/** @param {Dice} dice @param {number} from @param {number} to @param {readonly number[]} near */
function start(dice, from, to, near) {
  if (near.length > 0 && dice.falls(0.6)) return Math.max(from, dice.one(near) + dice.whole(-4 * DAY, 2 * DAY));
  return dice.whole(from, to);
}

/** Calendars with hours, for Business::Hours. @param {number} seed @param {number} calendars @param {number} each @returns {HoursBlock[]} */
export function hoursBlocks(seed, calendars, each) {
  const dice = new Dice(seed);
  return Array.from({ length: calendars }, (_, index) => {
    const timeZone = dice.one(ZONES);
    const from = dice.whole(first, last - 500 * DAY);
    const window = /** @type {[number, number]} */ ([from, from + 500 * DAY]);
    const weekend = dice.one(WEEKENDS);
    const atNight = index % 3 === 0;
    const workingHours = Object.fromEntries(
      [1, 2, 3, 4, 5, 6, 7].filter((day) => !weekend.includes(day)).map((day) => [day, intervals(dice, atNight)]),
    );
    // Of a holiday, the module takes away 24 hours and a second from its midnight on (README.md): only calendars without work at night can have some.
    const holidays = atNight ? [] : dates(dice, from, from + 500 * DAY, 40);
    const near = changes(timeZone, from, from + 400 * DAY);
    const weekly = Object.values(workingHours)
      .flat()
      .reduce((sum, hours) => sum + hours.to - hours.from, 0);
    const cases = Array.from({ length: each }, () => {
      const begins = start(dice, from, from + 300 * DAY, near);
      return { start: begins, minutes: dice.magnitude(1, Math.min(3000, 12 * weekly)), pauses: [] };
    });
    return { calendar: { code: `hours_${index}`, timeZone, weekend, holidays, workingHours }, window, cases };
  });
}

/** Calendars of days, for workalendar. @param {number} seed @param {number} calendars @param {number} each @returns {DaysBlock[]} */
export function daysBlocks(seed, calendars, each) {
  const dice = new Dice(seed);
  return Array.from({ length: calendars }, (_, index) => {
    const timeZone = dice.one(ZONES);
    const from = dice.whole(first, last - 900 * DAY);
    const weekend = dice.one(WEEKENDS);
    const holidays = dates(dice, from, from + 700 * DAY, 60);
    const workedDays = dates(dice, from, from + 700 * DAY, 12).map((date) => ({ date }));
    const near = changes(timeZone, from, from + 400 * DAY);
    const cases = Array.from({ length: each }, () => {
      const unit = dice.one(['working_days', 'working_days', 'working_days', 'calendar_days', 'weeks', 'months']);
      const most = { working_days: 60, calendar_days: 90, weeks: 12, months: 4 }[unit] ?? 1;
      return { start: start(dice, from, from + 400 * DAY, near), unit, amount: dice.magnitude(1, most) };
    });
    return { calendar: { code: `days_${index}`, timeZone, weekend, holidays, workedDays }, cases };
  });
}
