import TestSequencer from '@jest/test-sequencer';

/**
 * The files that take longest, the longest first. A run is over when its last file is, so none of these may be among the last. Jest knows by itself how long
 * files took the last time, which on a fresh clone it has not seen; then it takes the largest first, and a large file is not always a slow one. A file
 * that is missing here, or is not there any more, costs a few seconds and nothing else.
 */
const LONGEST = [
  'libs/cases/src/procedures/simulate-procedure.int-spec.ts',
  'libs/cases/src/record/walked-cases.int-spec.ts',
  'libs/domain/src/procedures/shipped-walks.int-spec.ts',
  'libs/cases/src/calendars/recompute-clocks.int-spec.ts',
  'apps/worker/src/worker.int-spec.ts',
  'test/launcher/embedded-postgres.int-spec.ts',
  'libs/cases/src/clocks/fire-deadline.int-spec.ts',
  'libs/cases/src/staff/guessing.int-spec.ts',
  'apps/worker/src/worker-on-its-own.int-spec.ts',
  'libs/cases/src/teams/take-off-team.int-spec.ts',
  'libs/domain/src/procedures/shipped.spec.ts',
  'libs/messaging/src/outbox-relay.int-spec.ts',
  'apps/operator/src/operator.int-spec.ts',
  'libs/cases/src/teams/closed-case-key.int-spec.ts',
  'apps/casework/src/case/case.http-spec.ts',
  'test/journeys/accessibility.e2e.ts',
  'test/faults/kill.e2e.ts',
  'test/faults/unfit-database.e2e.ts',
  'test/launcher/start.e2e.ts',
  'test/faults/secrecy.e2e.ts',
];

/** @param {import('@jest/test-result').Test} test */
const placeOf = ({ path }) => {
  const place = LONGEST.findIndex((file) => path.replaceAll('\\', '/').endsWith(`/${file}`));
  return place < 0 ? LONGEST.length : place;
};

/** Jest's own order, with {@link LONGEST} before everything else. */
export default class LongestFirst extends TestSequencer {
  /** @param {import('@jest/test-result').Test[]} tests */
  sort(tests) {
    return super.sort(tests).sort((one, other) => placeOf(one) - placeOf(other));
  }
}
