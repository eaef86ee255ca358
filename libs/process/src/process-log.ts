import { ConsoleLogger } from '@nestjs/common';

const levels = ['error', 'warn', 'log', 'debug'] as const;

/** What Nest tells of its own start: a hundred lines that nobody reads, and in which the one that matters is lost. */
const chatter: ReadonlySet<unknown> = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/**
 * The log of a process: plain lines on standard output and errors on standard error, for whatever collects them.
 * @param upTo the setting RECOURSE_LOG_LEVEL; with `debug`, Nest's own start is told too
 */
export class ProcessLog extends ConsoleLogger {
  private readonly tellsAll: boolean;

  constructor(upTo: (typeof levels)[number]) {
    super({ colors: false, logLevels: levels.slice(0, levels.indexOf(upTo) + 1) });
    this.tellsAll = upTo === 'debug';
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (this.tellsAll || !chatter.has(context)) super.log(message, ...rest);
  }

  /** Nest tells with a stack what keeps a process from starting, before it hands it on to `startOrExit`, which tells it as it deserves. */
  override error(message: unknown, ...rest: unknown[]): void {
    if (this.tellsAll || rest.at(-1) !== 'ExceptionHandler') super.error(message, ...rest);
  }
}
