import fc from 'fast-check';
import { shippedProcedure, shippedProcedures } from '../../test-support/documents';
import { assertWalks, stepsOf, walkAlong } from '../../test-support/random-walks';

const WALKS = 10_000;
/** Of so many walks, one is read from its record and replayed besides. */
const REPLAYED_OF = 3;

// Touches nothing; among these tests because it takes too long for `npm run check`, which has some walks in shipped.spec.ts.
describe('ten thousand walks through the shipped procedures', () => {
  const codes = shippedProcedures();
  let [walks, actions] = [0, 0];

  it.each(codes)(
    '%s: everything that must hold does so after every step',
    (code) => {
      const procedure = shippedProcedure(code);
      const walk = fc.property(stepsOf(6, 30), fc.boolean(), (sequence, isPatient) => {
        actions += walkAlong(procedure, sequence, isPatient, walks % REPLAYED_OF === 0).actions;
        walks += 1;
      });
      assertWalks(walk, { numRuns: Math.ceil(WALKS / codes.length) });
    },
    120_000,
  );

  it('were ten thousand, and did something', () => {
    expect(walks).toBeGreaterThanOrEqual(WALKS);
    expect(actions).toBeGreaterThan(5 * WALKS);
  });
});
