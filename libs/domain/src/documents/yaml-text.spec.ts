import { isMap, isScalar } from 'yaml';
import { readYaml } from './yaml-text';

function keyOf(text: string): unknown {
  const contents = readYaml(text)?.document.contents;
  const key = isMap(contents) ? contents.items[0]?.key : undefined;
  return isScalar(key) ? key.value : undefined;
}

/** A comment of so many characters. */
function filler(length: number): string {
  return `# ${'x'.repeat(length - 3)}\n`;
}

describe('a text that is read as YAML', () => {
  it('is remembered, and never taken for another one', () => {
    const texts = Array.from({ length: 40 }, (_, index) => `key_${index}: 1\n${filler(20_000)}`);
    for (const round of [1, 2]) expect([round, ...texts.map(keyOf)]).toEqual([round, ...texts.map((_, index) => `key_${index}`)]);
    const last = texts.at(-1) ?? '';
    expect(readYaml(last)).toBe(readYaml(last));
  });

  it('is forgotten when others need its room', () => {
    const first = readYaml('first: 1\n');
    for (let index = 0; index < 20; index += 1) readYaml(`other_${index}: 1\n`);
    readYaml(`large: 1\n${filler(200_000)}`);
    expect(readYaml('first: 1\n')).toBe(first);
    readYaml(`larger: 1\n${filler(262_130)}`);
    expect(readYaml('first: 1\n')).not.toBe(first);
  });

  it('is not read when it is nested too deeply, however often it is asked for', () => {
    const deep = `a: ${'['.repeat(60)}${']'.repeat(60)}\n`;
    expect([readYaml(deep), readYaml(deep)]).toEqual([undefined, undefined]);
  });
});
