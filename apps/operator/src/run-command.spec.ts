import { ChangedCalendar, UnreadableProcedure } from '@recourse/cases';
import { SystemClock } from '@recourse/clock';
import { SettingsError } from '@recourse/config';
import { EXIT, textOf, type Command, type CommandContext } from './command';
import { commands } from './commands';
import { MissingSetting } from './missing-setting';
import { runCommand } from './run-command';

/** A context that remembers what was said. */
function listening(over: Partial<CommandContext> = {}): CommandContext & { readonly said: string[]; readonly noted: string[] } {
  const said: string[] = [];
  const noted: string[] = [];
  return {
    settings: () => {
      throw new SettingsError('operator', []);
    },
    say: (line) => said.push(line),
    note: (line) => noted.push(line),
    askSecret: () => Promise.reject(new Error('nobody is there')),
    clock: () => new SystemClock(),
    said,
    noted,
    ...over,
  };
}

const greet: Command = {
  name: 'greet kindly',
  usage: '--name NAME [WORD]',
  summary: 'Say hello.',
  options: { name: { type: 'string' } },
  required: ['name'],
  words: [0, 1],
  run: async ({ say }, given) => {
    say(`Hello ${textOf(given, 'name') ?? ''}${given.positionals.join('')}`);
    return EXIT.ok;
  },
};

describe('the command line', () => {
  it.each<[string, string[]]>([
    ['no words', []],
    ['help', ['help']],
    ['--help', ['--help']],
  ])('lists every command for %s', async (_, words) => {
    const context = listening();
    expect(await runCommand(commands, words, context)).toBe(EXIT.ok);
    for (const { name, summary } of commands) {
      expect(context.said.join('\n')).toContain(name);
      expect(context.said.join('\n')).toContain(summary);
    }
  });

  it('explains one command', async () => {
    const context = listening();
    expect(await runCommand([greet], ['greet', 'kindly', '--help'], context)).toBe(EXIT.ok);
    expect(context.said.join('\n')).toContain('greet kindly --name NAME [WORD]');
  });

  it('runs a command of two words with its options', async () => {
    const context = listening();
    expect(await runCommand([greet], ['greet', 'kindly', '--name', 'Amina', '!'], context)).toBe(EXIT.ok);
    expect(context.said).toEqual(['Hello Amina!']);
  });

  it.each<[string, string[], string]>([
    ['a command that does not exist', ['gret'], 'There is no command “gret”'],
    ['an option that does not exist', ['greet', 'kindly', '--nam', 'x'], "Unknown option '--nam'"],
    ['a missing option', ['greet', 'kindly'], 'Missing: --name'],
    ['a word too many', ['greet', 'kindly', '--name', 'x', 'a', 'b'], 'Not understood: b'],
  ])('refuses %s and says so', async (_, words, message) => {
    const context = listening();
    expect(await runCommand([greet], words, context)).toBe(EXIT.usage);
    expect(context.noted.join('\n')).toContain(message);
    expect(context.said).toEqual([]);
  });

  it.each<[string, Error, number, string]>([
    [
      'settings that are wrong',
      new SettingsError('operator', [{ name: 'RECOURSE_X', message: 'RECOURSE_X is not a setting.' }]),
      EXIT.settings,
      'RECOURSE_X',
    ],
    [
      'a setting that this command needs',
      new MissingSetting('RECOURSE_RECEIPT_PEPPER'),
      EXIT.settings,
      'RECOURSE_RECEIPT_PEPPER is missing',
    ],
    [
      'a procedure that is not what was published',
      new UnreadableProcedure('remedy, version 2, is not what was published'),
      EXIT.settings,
      'Not with this database: a published procedure cannot be gone by: remedy, version 2, is not what was published',
    ],
    ['a calendar that is not what was published', new ChangedCalendar('geneva', 3), EXIT.settings, 'geneva, version 3, is not what'],
    [
      'a database that is down',
      Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
      EXIT.refused,
      'The database does not answer',
    ],
  ])('explains %s', async (_, error, code, message) => {
    const context = listening();
    const failing: Command = { ...greet, name: 'fail', required: [], run: () => Promise.reject(error) };
    expect(await runCommand([failing], ['fail'], context)).toBe(code);
    expect(context.noted.join('\n')).toContain(message);
  });

  it('does not hide a bug', async () => {
    const failing: Command = { ...greet, name: 'fail', required: [], run: () => Promise.reject(new TypeError('a bug')) };
    await expect(runCommand([failing], ['fail'], listening())).rejects.toThrow('a bug');
  });
});
