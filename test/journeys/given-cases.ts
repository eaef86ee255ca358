import { randomUUID } from 'node:crypto';
import type { House } from '../support/house';
import { file, read, send, showing } from '../support/partner';
import type { Walk } from '../support/walk';
import { personOf } from './staff-door';

/** A case that was filed and is worked on behind the pages that are looked at. */
export interface GivenCase {
  readonly receipt: string;
  readonly reference: string;
  /** Its page. */
  readonly address: string;
  /** Has an officer do something on it: name of an action, and what is given with it. */
  act(action: string, given?: object): Promise<void>;
}

/** @param danger what the complainant answered about it */
export async function givenCase({ house }: Pick<Walk, 'house'>, danger: 'yes' | 'not_sure'): Promise<GivenCase> {
  const { reference, receipt } = (await file(house.intake, { language: 'en', narrative: 'They kept my badge.', danger })).body;
  const cookie = await officerAtTheApi(house);
  const api = `${house.casework}/api/v1/cases/${reference}`;
  const act = async (action: string, given: object = {}): Promise<void> => {
    const { tracks } = (await read<{ tracks: { id: string; revision: number }[] }>(api, { cookie })).body;
    const { id: track, revision: seenRevision } = tracks[0] ?? {};
    const { status, body } = await send<unknown>(`${api}/actions/${action}`, { track, seenRevision, ...given }, { cookie });
    if (status >= 300) throw new Error(`${action} was answered ${String(status)}: ${JSON.stringify(body)}`);
  };
  return { reference, receipt, address: `/cases/${reference}`, act };
}

/** A case that has come so far, with a file. */
export async function caseInScreening(walk: Walk, danger: 'yes' | 'not_sure'): Promise<GivenCase> {
  const given = await givenCase(walk, danger);
  const picture = new FormData();
  picture.set('file', new File(['a picture'], 'badge.jpg', { type: 'image/jpeg' }));
  const headers = { ...showing(given.receipt), 'idempotency-key': randomUUID() };
  await fetch(`${walk.house.intake}/api/v1/complaint/files`, { method: 'POST', headers, body: picture });
  await given.act('acknowledge');
  await given.act('begin_screening', { inputs: { risk: 'none_known', conflict_of_interest: 'none' } });
  return given;
}

/** @returns the cookies of an officer who has signed in */
export async function officerAtTheApi(house: House): Promise<string> {
  const { signInName, password } = personOf({ house }, 'officer');
  const session = await fetch(`${house.casework}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ signInName, password }),
  });
  return session.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}
