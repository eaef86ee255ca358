import { randomUUID } from 'node:crypto';
import type { House } from '../support/house';
import { atOnce, send, showing } from '../support/partner';
import { chooseFile, forgetfully, type Walk } from '../support/walk';
import { givenCase, officerAtTheApi, type GivenCase } from './given-cases';

/** A case in which so much was said that its page shows the end of it alone, and to which no more is taken today. */
export type LongCase = Pick<GivenCase, 'receipt' | 'reference' | 'address'>;

/** A message more than a page shows, an addition more, and as few files as a house can be told to take in a day. */
const [messages, additions, files] = [26, 11, 10];

/** Settings of a house in which {@link givenLongCase} brings as much as is taken in a day. */
export const quotaOfLongCase = { RECOURSE_CASE_MESSAGES: `${messages}/2000`, RECOURSE_CASE_FILES: `${files}/300` };

const button = 'main form button';
const number = 'input[name="number"]';
const story = 'They are at the well again.';

/** We wrote first, so that what we wrote is not on the newest page. */
export async function givenLongCase(house: House): Promise<LongCase> {
  const { receipt, reference, address } = await givenCase({ house }, 'not_sure');
  const take = async (answer: Promise<{ readonly status: number }>): Promise<void> => {
    const { status } = await answer;
    if (status !== 201) throw new Error(`What makes a case long was answered ${String(status)}.`);
  };
  const ours = { body: 'We have read it.' };
  await take(send(`${house.casework}/api/v1/cases/${reference}/messages`, ours, { cookie: await officerAtTheApi(house) }));
  const complaint = `${house.intake}/api/v1/complaint`;
  await atOnce(4, messages, () => take(send(`${complaint}/messages`, { body: story }, showing(receipt))));
  await atOnce(4, additions, () => take(send(`${complaint}/additions`, { text: story }, showing(receipt))));
  for (let piece = 0; piece < files; piece += 1) {
    const body = new FormData();
    body.set('file', new File(['a picture'], `well-${String(piece)}.jpg`, { type: 'image/jpeg' }));
    await take(fetch(`${complaint}/files`, { method: 'POST', headers: { ...showing(receipt), 'idempotency-key': randomUUID() }, body }));
  }
  return { receipt, reference, address };
}

/** As its complainant: what is new stands on a page before, and one thing more is too much today. */
export async function lookAtLongComplaint({ inspector, house }: Walk, { receipt, reference }: LongCase): Promise<void> {
  const comeBack = async () => {
    await inspector.page.locator(number).fill(receipt);
    await inspector.press(button);
  };
  const press = (what: string) => forgetfully(inspector, () => inspector.press(what));
  await house.query(
    `UPDATE message SET first_read_at = NULL
     WHERE direction = 'to_complainant' AND case_id = (SELECT id FROM case_file WHERE reference = $1)`,
    [reference],
  );
  await forgetfully(inspector, () => inspector.goTo(`/return?cookies=try&lang=${inspector.language}`));
  await forgetfully(inspector, comeBack);
  await inspector.look('a long complaint without cookies');
  await press('.rc-news button');
  await inspector.look('a long complaint without cookies: messages before');
  await inspector.goTo(`/return?lang=${inspector.language}`);
  await comeBack();
  await inspector.look('a long complaint');
  await inspector.press('a[href*="?messages="]');
  await inspector.look('a long complaint: messages before');
  await inspector.press('a[href*="?additions="]');
  await inspector.look('a long complaint: additions before');
  await inspector.goTo('/my-complaint/message');
  await inspector.page.locator('textarea').fill(story);
  await inspector.press(button);
  await inspector.lookRefused('a message more than is taken in a day');
  await inspector.goTo('/my-complaint/file');
  await chooseFile(inspector.page, 'well.jpg', 'a picture');
  await inspector.press(button);
  await inspector.lookRefused('a file more than is taken in a day');
}

/** As the staff; its newest page is seen with those of all cases. */
export async function lookAtLongCase({ inspector }: Walk, { address }: LongCase): Promise<void> {
  await inspector.goTo(address);
  await inspector.press('a[href*="?messages="]');
  await inspector.look('a long case: messages before');
  // As in a case of more than a hundred events, which would have to be brought about one by one.
  await inspector.open('a long case: the record before', `${address}?record=20`);
  if ((await inspector.page.locator('#record > p a').count()) !== 1) inspector.found.push('no way leads to the newest record');
}
