import fc from 'fast-check';
import { shippedCalendar, shippedProcedure, shippedProcedures } from '../../test-support/documents';
import { stateTableText } from '../../test-support/state-table-text';
import { WalkedTrack } from '../../test-support/walked-track';
import type { Calendars, OpenClock } from '../clocks/clock-change';
import { ACCOUNTABLE_RECIPIENTS, whomToTell } from '../clocks/recipients';
import { cleanText } from '../text/clean-text';
import type { ActionActor } from './decide';
import { allClocks, findAction, findClock, stageOf, type Procedure, type Wording } from './procedure';

/** What holds for every procedure that is shipped, whoever uses it. */

const procedures: readonly (readonly [string, Procedure])[] = shippedProcedures().map((code) => [code, shippedProcedure(code)]);

describe.each(procedures)('the procedure %s', (_code, procedure) => {
  it('allows this and refuses everything else: every stage, every action, every role', () => {
    expect(`\n${stateTableText(procedure)}\n`).toMatchSnapshot();
  });

  it('has only closing reasons that an action can give', () => {
    const given = new Set(procedure.actions.flatMap(({ outcomes }) => outcomes));
    expect(procedure.closingOutcomes.filter(({ code }) => !given.has(code))).toEqual([]);
  });
});

/** What a complainant reads, with its place. */
function publicTexts(language: string): readonly (readonly [place: string, text: string])[] {
  return procedures.flatMap(([procedure, document]) => {
    const { stages, closingOutcomes } = document;
    const placed = (place: string, wording: Wording) => [`${procedure}: ${place}`, wording[language] ?? ''] as const;
    return [
      ...stages.flatMap(({ code, publicName, publicMeaning, publicNext }) => [
        placed(`${code} name`, publicName),
        placed(`${code} meaning`, publicMeaning),
        placed(`${code} next`, publicNext),
      ]),
      ...allClocks(document).flatMap(({ code, publicName }) => (publicName ? [placed(`clock ${code}`, publicName)] : [])),
      ...closingOutcomes.map(({ code, publicName }) => placed(`outcome ${code}`, publicName)),
    ];
  });
}

describe('the words for the complainant', () => {
  it.each(publicTexts('en'))('%s: English without the words of the trade', (_place, text) => {
    expect(text).not.toMatch(/admissib|mandate|respondent|procedure|stage|track|escalat|jurisdiction|pursuant|case file|ticket|user/i);
  });

  it.each(publicTexts('en'))('%s: short English sentences', (_place, text) => {
    for (const sentence of text.split(/[.?!:]\s/)) expect(sentence.split(/\s+/).length).toBeLessThanOrEqual(25);
  });

  it.each(publicTexts('ar'))('%s: Arabic in Arabic script, clean, with Arabic punctuation', (_place, text) => {
    expect(text).toMatch(/^[\p{Script=Arabic}\p{M}\s.:،؟]+$/u);
    expect(cleanText(text)).toBe(text);
  });
});

type Person = ActionActor & { readonly staffId: string };

const STAFF: readonly Person[] = [
  { staffId: 'first officer', role: 'officer', onTeam: true },
  { staffId: 'second officer', role: 'officer', onTeam: true },
  { staffId: 'first supervisor', role: 'supervisor', onTeam: true },
  { staffId: 'second supervisor', role: 'supervisor', onTeam: true },
  { staffId: 'director', role: 'director', onTeam: true },
];

const calendars: Calendars = new Map(['geneva', 'gulf'].map((code) => [code, shippedCalendar(code)]));
/** The same walks each time, so that reaching every stage is no matter of luck; and some that nobody has seen. */
const KNOWN_WALKS = { numRuns: 35, seed: 2 };
const NEW_WALKS = { numRuns: 15 };
const STEPS = 150;

interface Step {
  readonly what: 'act' | 'answer' | 'write' | 'assign' | 'end_sub_track';
  readonly who: Person;
  readonly pick: number;
  readonly hours: number;
  /** A patient walk never closes the track, and what was not done yet is preferred, so that walks come to the far stages. */
  readonly isEndWanted: boolean;
  readonly isNewWanted: boolean;
}

const steps = fc.array(
  fc.record<Step>({
    what: fc.constantFrom('act', 'act', 'act', 'act', 'act', 'act', 'act', 'answer', 'answer', 'write', 'assign', 'end_sub_track'),
    who: fc.constantFrom(...STAFF),
    pick: fc.nat(),
    hours: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 60 }) }, fc.integer({ min: 0, max: 1500 })),
    isEndWanted: fc.constantFrom(true, ...Array<boolean>(6).fill(false)),
    isNewWanted: fc.constantFrom(true, true, true, false),
  }),
  { minLength: STEPS, maxLength: STEPS },
);

function picked<T>(among: readonly T[], pick: number): T | undefined {
  return among[pick % among.length];
}

function take(track: WalkedTrack, step: Step): void {
  const { what, pick, hours } = step;
  track.wait(hours);
  if (what === 'assign') track.isAssigned = pick % 4 > 0;
  if (what === 'write') track.trigger({ trigger: 'complainant_wrote' });
  if (what === 'end_sub_track' && track.openSubTracks > 0) {
    track.openSubTracks -= 1;
    track.trigger({ trigger: 'sub_track_closed' });
  }
  if (what === 'answer') answer(track, pick);
  if (what === 'act') act(track, step);
}

function act(track: WalkedTrack, { who, pick, isEndWanted, isNewWanted }: Step): void {
  const allowed = track.allowed(who, isEndWanted).map((permission) => {
    return { permission, before: track.taken.filter((code) => code === permission.action.code).length };
  });
  const least = Math.min(...allowed.map(({ before }) => before));
  const chosen = picked(isNewWanted ? allowed.filter(({ before }) => before === least) : allowed, pick);
  if (chosen) track.act(who, chosen.permission);
}

/** Somebody agrees, or declines; never whoever asked. */
function answer(track: WalkedTrack, pick: number): void {
  const request = picked(track.approvals, pick);
  if (!request) return;
  const answers = STAFF.map((who) => ({ who, decision: track.asked(who, request) }));
  const permitted = answers.flatMap(({ who, decision }) => (decision.ok ? [{ who, decision }] : []));
  if (permitted.some(({ who }) => who.staffId === request.requestedBy)) throw new Error(`whoever asked for ${request.action} gave it`);
  const [first] = permitted;
  if (first) track.answer(request, pick % 5 > 0 ? first.decision : undefined);
}

/** What is wrong where a track stands: states in which nobody has to do anything, or nobody answers for it. */
function wrongWith({ procedure, stage, clocks, isClosed }: WalkedTrack): readonly string[] {
  const codes = clocks.map(({ clock }) => clock);
  if (isClosed) return codes.map((code) => `closed, and ${code} is not over`);
  const running = clocks.filter(({ state }) => state === 'running');
  const unending = clocks.filter(({ state, pausedUntil }) => state === 'paused' && pausedUntil === undefined);
  return [
    ...(clocks.length === unending.length ? ['no clock runs, and none goes on by itself'] : []),
    ...(running.length === 0 ? unending.map(({ clock }) => `${clock} is paused for good`) : []),
    ...unending.filter((clock) => !isWaitedFor(procedure, stage, clock)).map(({ clock }) => `nothing in ${stage} keeps ${clock} waiting`),
    ...codes.filter((code, index) => codes.indexOf(code) < index).map((code) => `${code} is there twice`),
    ...stageOf(procedure, stage).clocks.flatMap(({ code }) => (codes.includes(code) ? [] : [`${code} is missing in ${stage}`])),
    ...running.filter(({ clock }) => !endsWithPerson(procedure, clock)).map(({ clock }) => `nobody answers for ${clock}`),
  ];
}

/** Without an end of its own, a clock waits only as long as the track is elsewhere, or in a stage that the clock names. */
function isWaitedFor(procedure: Procedure, stage: string, { clock, stage: own }: OpenClock): boolean {
  const across = procedure.clocks.find(({ code }) => code === clock);
  return across ? across.pausesIn.includes(stage) : own !== stage;
}

/** Somebody with authority stands at the end of the ladder, and is told even when they are the last one there. */
function endsWithPerson(procedure: Procedure, code: string): boolean {
  const last = findClock(procedure, code)?.ladder.at(-1);
  if (!last?.tell.some((recipient) => ACCOUNTABLE_RECIPIENTS.includes(recipient))) return false;
  const nobody = { team: [], desk: [], teamLeads: [], supervisors: [], directors: [] };
  return whomToTell(last.tell, { ...nobody, directors: ['director'] }, last.otherwise).staffIds.includes('director');
}

/** Whoever asked is refused, in whatever role they come back. */
function agreesWithThemselves(track: WalkedTrack): readonly string[] {
  return track.approvals.flatMap((request) =>
    (findAction(track.procedure, request.action)?.approval?.roles ?? []).flatMap((role) =>
      track.asked({ role, staffId: request.requestedBy, onTeam: true }, request).ok ? [`${request.action} as ${role}`] : [],
    ),
  );
}

describe('whatever is done on a shipped procedure, in whatever order', () => {
  let taken = 0;

  it.each(procedures)(
    '%s: a person and a clock watch over it until it is closed, and nobody agrees with themselves',
    (_code, procedure) => {
      const stages = new Set<string>();
      const walk = (sequence: readonly Step[], isPatient: boolean): void => {
        let track = new WalkedTrack(procedure, calendars, new Date('2026-01-15T10:00:00Z'));
        for (const step of sequence) {
          take(track, { ...step, isEndWanted: step.isEndWanted && !isPatient });
          stages.add(track.stage);
          const wrong = [...wrongWith(track), ...agreesWithThemselves(track)];
          if (wrong.length > 0) throw new Error(`${track.taken.join(', ')}: ${wrong.join('; ')}`);
          if (!track.isClosed) continue;
          taken += track.taken.length;
          track = new WalkedTrack(procedure, calendars, new Date('2026-01-15T10:00:00Z'));
        }
        taken += track.taken.length;
      };
      fc.assert(fc.property(steps, fc.boolean(), walk), KNOWN_WALKS);
      expect([...stages].sort()).toEqual(procedure.stages.map(({ code }) => code).sort());
      fc.assert(fc.property(steps, fc.boolean(), walk), NEW_WALKS);
    },
  );

  it('ten thousand actions and more', () => {
    expect(taken).toBeGreaterThanOrEqual(10_000);
  });
});
