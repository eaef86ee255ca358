import { isMap, isScalar } from 'yaml';
import { readYaml } from './yaml-text';

function keyOf(text: string): unknown {
  const { contents } = readYaml(text).document;
  const key = isMap(contents) ? contents.items[0]?.key : undefined;
  return isScalar(key) ? key.value : undefined;
}

describe('a text that is read as YAML', () => {
  it('is remembered, and never taken for another one', () => {
    const texts = Array.from({ length: 40 }, (_, index) => `key_${index}: 1\n`);
    for (const round of [1, 2]) expect([round, ...texts.map(keyOf)]).toEqual([round, ...texts.map((text) => text.replace(': 1\n', ''))]);
    const last = texts.at(-1) ?? '';
    expect(readYaml(last)).toBe(readYaml(last));
  });

  it('is forgotten after some others', () => {
    const first = readYaml('first: 1\n');
    for (let index = 0; index < 11; index += 1) readYaml(`other_${index}: 1\n`);
    expect(readYaml('first: 1\n')).toBe(first);
    for (let index = 0; index < 12; index += 1) readYaml(`another_${index}: 1\n`);
    expect(readYaml('first: 1\n')).not.toBe(first);
  });
});
