import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '@recourse/config';
import { CASE_EVENT_TYPES, type ComplaintKind, type Procedure } from '@recourse/domain';
import { Given, testDatabase } from '@recourse/testing';
import fc from 'fast-check';
import { caseSteps, type CaseStep } from '../../test-support/case-steps';
import { WalkedCase } from '../../test-support/walked-case';
import { FindStuckCases } from '../clocks/find-stuck-cases';
import { PublishProcedure } from '../procedures/publish-procedure';
import { shippedProcedureCodes } from '../procedures/shipped-procedures';
import { SimulateProcedure, type ToldTrack } from '../procedures/simulate-procedure';
import { UseProcedure } from '../procedures/use-procedure';
import { VerifyRecord } from './verify-record';

/** What nobody does on these walks. A clock is kept waiting where its pause of three or six months ends while an answer is waited for: these walks are seldom so long. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'complaint_added_to',
  'evidence_added',
  'track_moved_to_version',
  'message_read',
  'clock_recomputed',
  'clock_kept_waiting',
  'clock_carried_over',
  'sealed_content_opened',
  'access_granted',
  'access_removed',
  'notification_failed',
  'case_key_set_aside',
  'work_tried_again',
]);

/** A Monday, before work in Geneva. */
const MONDAY = new Date('2026-03-02T07:00:00Z');
const STEPS = 25;
/** The same walks each time; and one that nobody has seen. Not made shorter when one fails: what was done is said. */
const KNOWN_WALKS = { numRuns: 3, seed: 5, endOnFailure: true };
const NEW_WALKS = { numRuns: 1, endOnFailure: true };

const database = testDatabase();
const procedures = new Map<string, Procedure>();
/** Types of events that the known walks made. */
const seen = new Set<string>();
let given: Given;
let walks = 0;
let last = MONDAY;

/** Each shipped procedure, a kind of complaint that begins on it from then on, and how many steps are taken: fewer on those that others open, which are short. */
const BEGINS: readonly (readonly [string, ComplaintKind, number])[] = [
  ['remedy', 'harm', STEPS],
  ['compliance', 'credible_evidence', STEPS],
  ['company_mechanism', 'company_mechanism', STEPS],
  ['development_bank', 'other', STEPS],
  ['whistleblower', 'harm', STEPS],
  ['appeal', 'other', 12],
  ['information_request', 'other', 12],
];

beforeAll(async () => {
  given = await Given.in(database, MONDAY);
  const { rules } = given.institution;
  const documents = await Promise.all(
    (await shippedProcedureCodes()).map(async (code) => {
      const fileName = `${code}.yaml`;
      return { fileName, text: await readFile(join(projectRoot, 'libs/domain/procedures', fileName), 'utf8') };
    }),
  );
  const [first, ...together] = documents;
  const published = first && (await new PublishProcedure(given.owner, rules).run({ ...first, together, now: MONDAY }));
  if (!published?.ok) throw new Error(JSON.stringify(published));
  for (const { procedure, id } of [published, ...published.together]) {
    procedures.set(procedure, await given.owner.transaction((tx) => rules.procedure(tx, id)));
  }
}, 60_000);

/** Walks until nothing is left to do on the case. */
async function walk(kind: ComplaintKind, steps: readonly CaseStep[], types?: Set<string>): Promise<void> {
  const walked = await WalkedCase.begin(given, procedures, kind, MONDAY);
  for (const step of steps) if (!walked.isOver) await walked.take(step);
  walked.events.forEach(({ type }) => types?.add(type));
  walks += 1;
  last = walked.at > last ? walked.at : last;
  const { reference, at: now } = walked;
  expect(await new VerifyRecord(given.owner).run({ reference })).toMatchObject({ ok: true, cases: 1, events: walked.events.length });
  const stuck = await new FindStuckCases(given.worker, given.institution.rules).run({ now });
  // Nobody answered in time: that happens.
  expect(stuck.filter((one) => one.reference === reference && one.kind !== 'approval_overdue')).toEqual([]);
}

describe('a case, whatever is done in whatever order by people, the complainant and the worker', () => {
  it.each(BEGINS)(
    '%s: every change has its event, and somebody watches over it',
    async (procedure, kind, most) => {
      expect(await new UseProcedure(given.owner).run({ procedure, kind, now: MONDAY })).toMatchObject({ ok: true });
      await fc.assert(
        fc.asyncProperty(caseSteps(most), (steps) => walk(kind, steps, seen)),
        KNOWN_WALKS,
      );
      await fc.assert(
        fc.asyncProperty(caseSteps(most), (steps) => walk(kind, steps)),
        NEW_WALKS,
      );
    },
    120_000,
  );

  it('did nearly everything that can be done', () => {
    expect(walks).toBe(BEGINS.length * (KNOWN_WALKS.numRuns + NEW_WALKS.numRuns));
    const types = CASE_EVENT_TYPES.filter((type) => !ELSEWHERE.has(type));
    expect([...seen]).toEqual(expect.arrayContaining([...types]));
  });

  it('is what a replay makes of its record, also where the worker was away', async () => {
    const told: ToldTrack[] = [];
    const { rules } = given.institution;
    const simulated = await new SimulateProcedure(given.owner, rules).run({ now: last }, (track) => told.push(track));
    expect(simulated).toMatchObject({ ok: true, report: { different: 0 } });
    expect(told.filter(({ kind }) => kind === 'unexplained')).toEqual([]);
  });
});
