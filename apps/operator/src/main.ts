import 'reflect-metadata';
import { clockFor } from '@recourse/clock';
import { operatorSettings } from '@recourse/config';
import { SecretReader } from './ask-secret';
import { commands } from './commands';
import { runCommand } from './run-command';

// A list is often looked at with `| head`: whoever has seen enough closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error;
  }
  process.exit(0);
});

const secrets = new SecretReader(process.stdin, process.stderr);

runCommand(commands, process.argv.slice(2), {
  settings: () => operatorSettings(process.env),
  say: (line) => process.stdout.write(`${line}\n`),
  note: (line) => process.stderr.write(`${line}\n`),
  askSecret: (question) => secrets.ask(question),
  clock: () => clockFor(operatorSettings(process.env).trainingTime),
}).then(
  (code) => {
    process.exitCode = code;
    secrets.close();
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 70;
    secrets.close();
  },
);
