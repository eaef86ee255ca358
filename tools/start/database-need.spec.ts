import { commands } from '../../apps/operator/src/commands';
import { databaseNeed } from './database-need.mjs';

describe('a database is not made for a command that needs none', () => {
  it.each([
    [[], 'never'],
    [['help'], 'never'],
    [['help', 'procedure', 'publish'], 'never'],
    [['procedure', 'publish', '--help'], 'never'],
    [['calendar', 'check', 'geneva.yaml'], 'never'],
    [['procedure', 'diff', 'a.yaml', 'b.yaml'], 'never'],
    [['procedure', 'diff', 'a.yaml', 'b.yaml', '--calendars', 'port'], 'never'],
    [['procedure', 'diff', 'remedy', '1', '2'], 'always'],
    [['procedure', 'show', 'remedy'], 'always'],
    [['procedure', 'check', 'a.yaml', '--calendars', 'port'], 'if_there'],
    [['procedure', 'publish', 'a.yaml'], 'always'],
    [['calendar', 'list'], 'always'],
    [['setup'], 'always'],
  ] as const)('%j: %s', (words, need) => {
    expect(databaseNeed(words)).toBe(need);
  });

  it('says so in the help of each of them, and of no other', () => {
    const saying = commands.filter(({ help = '' }) => /needs no database|without one/i.test(help)).map(({ name }) => name);
    expect(saying.sort()).toEqual(
      commands
        .map(({ name }) => name)
        .filter((name) => databaseNeed(name.split(' ')) !== 'always')
        .sort(),
    );
  });
});
