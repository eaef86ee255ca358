import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openToken, sealToken } from '@recourse/vault';
import type { House } from './house';

/**
 * What the public door of a house sealed, as old as it will be when its time has been over for so long. No test can wait for that, and nothing is stored whose time
 * could be moved: the same value is sealed once more under the secret of the house, which is the test's own, with an end that is past.
 * @param purpose for what it was sealed, as the door calls it
 * @throws Error when the house did not seal it for this purpose
 */
export function oldToken(house: Pick<House, 'dataDir'>, purpose: string, token: string, minutesOver: number): string {
  const file = join(`${house.dataDir}-secrets`, 'secrets.json');
  const { settings } = JSON.parse(readFileSync(file, 'utf8')) as { settings: { RECOURSE_INTAKE_SECRET: string } };
  const secret = Buffer.from(settings.RECOURSE_INTAKE_SECRET, 'hex');
  const opened = openToken(secret, purpose, token, new Date());
  if (!opened.ok) throw new Error(`This was not sealed for “${purpose}”.`);
  return sealToken(secret, purpose, opened.value, new Date(Date.now() - minutesOver * 60_000));
}
