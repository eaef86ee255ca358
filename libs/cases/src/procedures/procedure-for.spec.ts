import { procedureFor } from './procedure-for';

const decided = [
  { kind: null, procedure: 'harbour' },
  { kind: 'credible_evidence', procedure: 'compliance' },
];

it.each([
  ['nobody has decided anything', [], 'harm', 'remedy'],
  ['its kind has a decision', decided, 'credible_evidence', 'compliance'],
  ['its kind has none', decided, 'harm', 'harbour'],
  ['only another kind has one', decided.slice(1), 'harm', 'remedy'],
  ['no kind is asked for', decided, undefined, 'harbour'],
])('where a complaint begins when %s', (_, rows, kind, procedure) => {
  expect(procedureFor(rows, kind)).toBe(procedure);
});
