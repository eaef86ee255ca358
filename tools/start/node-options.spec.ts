import { optionsForPrograms } from './node-options.mjs';

it('programs get what V8 was told of memory and optimizing, and neither settings nor a port', () => {
  const meant = ['--max-old-space-size=512', '--max-semi-space-size=64', '--interrupt-budget=500000'];
  const others = ['--env-file=.env', '--inspect=9555', '--inspect-brk', '--require=./own.cjs', '--cpu-prof'];
  expect(optionsForPrograms([...others, ...meant])).toEqual(meant);
});
