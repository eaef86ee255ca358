import type { OperatorSettings } from '@recourse/config';
import { keyPairFrom, wipe } from '@recourse/vault';
import { needed } from './missing-setting';

/**
 * The public half of the worker's key.
 * @throws MissingSetting when RECOURSE_WORKER_SECRET_KEY is not given
 */
export function workerPublicKey({ workerSecretKey }: OperatorSettings): Buffer {
  const { publicKey, secretKey } = keyPairFrom(Buffer.from(needed(workerSecretKey, 'RECOURSE_WORKER_SECRET_KEY')));
  wipe(secretKey);
  return publicKey;
}
