import { FilingSecrets } from '@recourse/cases';
import type { OperatorSettings } from '@recourse/config';
import { needed } from './missing-setting';

/**
 * The secrets of the public door.
 * @throws MissingSetting when one is not given
 */
export function receiptSecrets({ receiptPepper, receiptSecret }: OperatorSettings): FilingSecrets {
  return new FilingSecrets(
    Buffer.from(needed(receiptPepper, 'RECOURSE_RECEIPT_PEPPER')),
    Buffer.from(needed(receiptSecret, 'RECOURSE_RECEIPT_SECRET')),
  );
}

/** The same where an operator may do without: undefined unless both are given. */
export function receiptSecretsIfGiven(settings: OperatorSettings): FilingSecrets | undefined {
  return settings.receiptPepper === undefined || settings.receiptSecret === undefined ? undefined : receiptSecrets(settings);
}
