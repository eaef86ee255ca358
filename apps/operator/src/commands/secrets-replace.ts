import { ReplaceSecrets, type KnownSecret, type ReplaceSecretsResult } from '@recourse/cases';
import { EXIT, type Command, type CommandContext } from '../command';
import { receiptSecrets } from '../receipt-secrets';
import { withDatabase } from '../with-database';
import { workerPublicKey } from '../worker-key';

const SETTINGS: Readonly<Record<KnownSecret, string>> = {
  receipt_pepper: 'RECOURSE_RECEIPT_PEPPER',
  receipt_secret: 'RECOURSE_RECEIPT_SECRET',
  worker_key: 'RECOURSE_WORKER_SECRET_KEY',
};

/** Says that the secrets of the settings are the right ones. */
export const secretsReplace: Command = {
  name: 'secrets replace',
  usage: '[--give-up-receipts] [--give-up-addresses]',
  summary: 'Say that the secrets in the settings are meant, and no longer those that this database was used with.',
  help:
    'For secrets that were lost for good, or that leaked: receipt pepper, receipt secret and worker key. Stop intake and worker first, and start them afterwards with the\n' +
    'same secrets. With another pepper no receipt that was given out works any more (--give-up-receipts); with another worker key no address that was left for a nudge\n' +
    'opens any more, and none of them is written to (--give-up-addresses). It is in the record of accounts. If you only mislaid them, put them back instead.',
  options: { 'give-up-receipts': { type: 'boolean', default: false }, 'give-up-addresses': { type: 'boolean', default: false } },
  run: async (context, { values }) => {
    const settings = context.settings();
    const meant = { secrets: receiptSecrets(settings), workerPublicKey: workerPublicKey(settings) };
    return withDatabase(settings.databaseUrl, async (dataSource) => {
      const result = await new ReplaceSecrets(dataSource).run({
        ...meant,
        givesUpReceipts: values['give-up-receipts'] === true,
        givesUpAddresses: values['give-up-addresses'] === true,
        now: context.clock().now(),
      });
      return tell(context, result);
    });
  },
};

function tell({ say, note }: CommandContext, result: ReplaceSecretsResult): number {
  if (!result.ok) {
    if (result.receipts > 0) {
      note(
        `Receipts that would stop working with another ${SETTINGS.receipt_pepper}: ${result.receipts}. Say --give-up-receipts if so it must be.`,
      );
    }
    if (result.addresses > 0) {
      note(
        `Addresses that would be lost with another ${SETTINGS.worker_key}: ${result.addresses}. Say --give-up-addresses if so it must be.`,
      );
    }
    note('Nothing was changed.');
    return EXIT.refused;
  }
  say(
    result.replaced.length === 0
      ? 'These are the secrets that this database knows, or it knows none yet. Nothing was changed.'
      : `Meant from now on: ${result.replaced.map((secret) => SETTINGS[secret]).join(', ')}. Start intake and worker with these settings.`,
  );
  return EXIT.ok;
}
