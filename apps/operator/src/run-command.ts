import { parseArgs } from 'node:util';
import { isAboutRules } from '@recourse/cases';
import { SettingsError } from '@recourse/config';
import { findSetupProblem, isDatabaseAway } from '@recourse/persistence';
import { EXIT, type Command, type CommandContext, type Given } from './command';
import { MissingSetting } from './missing-setting';

/**
 * Finds and runs a command.
 * @param commands all there are
 * @param words what was typed after `npm run recourse --`
 * @returns exit code; refusals and mistakes are explained on standard error
 */
export async function runCommand(commands: readonly Command[], words: readonly string[], context: CommandContext): Promise<number> {
  const wantsHelp = words.length === 0 || words[0] === 'help' || words.includes('--help') || words.includes('-h');
  const asked = words.filter((word) => word !== '--help' && word !== '-h' && word !== 'help');
  const command = commands.find(({ name }) => asked.join(' ') === name || asked.join(' ').startsWith(`${name} `));
  if (wantsHelp) {
    context.say(command === undefined ? overview(commands) : helpOf(command));
    return EXIT.ok;
  }
  if (command === undefined) {
    context.note(`There is no command “${asked.slice(0, 2).join(' ')}”.\n\n${overview(commands)}`);
    return EXIT.usage;
  }
  const given = parse(command, asked.slice(command.name.split(' ').length));
  if (typeof given === 'string') {
    context.note(`${given}\n\n${helpOf(command)}`);
    return EXIT.usage;
  }
  try {
    return await command.run(context, given);
  } catch (error) {
    return explain(error, context);
  }
}

/** What was given, or what is wrong with it. */
function parse(command: Command, args: string[]): Given | string {
  try {
    const { values, positionals } = parseArgs({ args, options: command.options, allowPositionals: true, strict: true });
    const missing = (command.required ?? []).filter((option) => values[option] === undefined);
    if (missing.length > 0) {
      return `Missing: ${missing.map((option) => `--${option}`).join(', ')}.`;
    }
    const [least, most] = command.words ?? [0, 0];
    if (positionals.length < least || positionals.length > most) {
      return positionals.length < least ? 'Something is missing.' : `Not understood: ${positionals.slice(most).join(' ')}`;
    }
    return { values: values as Given['values'], positionals };
  } catch (error) {
    // parseArgs answers by throwing; its messages are written for people.
    if (isParseError(error)) {
      return error.message;
    }
    throw error;
  }
}

function isParseError(error: unknown): error is { readonly message: string } {
  return typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

function explain(error: unknown, context: CommandContext): number {
  if (error instanceof SettingsError || error instanceof MissingSetting) {
    context.note(error.message);
    return EXIT.settings;
  }
  const problem = isAboutRules(error) ? error.message : findSetupProblem(error);
  if (problem !== undefined) {
    context.note(`Not with this database: ${problem}. See RECOURSE_DATABASE_URL.`);
    return EXIT.settings;
  }
  if (isDatabaseAway(error)) {
    context.note('The database does not answer. Is RECOURSE_DATABASE_URL right, and does the server run? Nothing was changed.');
    return EXIT.refused;
  }
  throw error;
}

function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`);
  return `Usage: npm run recourse -- <command> [options]\n\n${lines.join('\n')}\n\nnpm run recourse -- <command> --help explains one of them.`;
}

function helpOf({ name, usage, summary, help }: Command): string {
  return [`Usage: npm run recourse -- ${`${name} ${usage}`.trim()}`, '', summary, ...(help === undefined ? [] : ['', help])].join('\n');
}
