import { oldToken } from '../support/old-token';
import { forgetfully, put, type Walk } from '../support/walk';

const go = (value: string) => `button[name="go"][value="${value}"]`;
const draft = 'input[name="draft"]';
const pass = 'form:has(textarea) input[name="pass"]';
const story = 'The guards shut the well.';

/** Longer than the form waits, and longer than a page without cookies is given back after that. */
const days = 3 * 24 * 60;
/** Over, and not for so long that what was written is kept back; and longer. */
const [minutes, hours] = [5, 5 * 60];

/** Looks at what becomes of pages of the public door whose own time is over: what was answered, what is open, and what was being written. */
export async function lookAtOldPages(walk: Walk, receipt: string): Promise<void> {
  await goOnWithOldAnswers(walk);
  await goOnWithOldAnswersWithoutCookies(walk);
  await comeBackToOldPage(walk, receipt);
  await writeOnOldPages(walk, receipt);
}

async function goOnWithOldAnswers(walk: Walk): Promise<void> {
  const { inspector } = walk;
  await inspector.goTo(`/complaint?lang=${inspector.language}`);
  const { value: visit = '' } = (await inspector.page.context().cookies()).find(({ name }) => name === 'visit') ?? {};
  const purpose = `complaint-draft|visit|${visit}`;
  await makeOld(walk, draft, purpose, minutes);
  await inspector.press(go('continue'));
  await inspector.lookRefused('a question that was open for hours');
  for (let times = 0; times < 2; times += 1) await inspector.press(go('continue'));
  await inspector.page.locator('textarea[name="narrative"]').fill(story);
  await put(inspector.page, draft, 'of another release');
  await inspector.press(go('continue'));
  await inspector.lookRefused('a question whose answers before it cannot be read');
  await inspector.press(go('continue'));
  await inspector.press(go('check'));
  await makeOld(walk, draft, purpose, minutes);
  await inspector.press(go('send'));
  await inspector.lookRefused('all answers, open for hours');
  await put(inspector.page, draft, 'of another release');
  await inspector.press(go('send'));
  await inspector.lookRefused('answers that cannot be read');
}

async function goOnWithOldAnswersWithoutCookies(walk: Walk): Promise<void> {
  const { inspector } = walk;
  await forgetfully(inspector, () => inspector.goTo(`/complaint?cookies=none&lang=${inspector.language}`));
  await makeOld(walk, draft, 'complaint-draft|page', days);
  await forgetfully(inspector, () => inspector.press(go('continue')));
  await inspector.lookRefused('a question that was open for days, without cookies');
}

async function comeBackToOldPage(walk: Walk, receipt: string): Promise<void> {
  const { inspector, house } = walk;
  await inspector.goTo(`/return?lang=${inspector.language}`);
  await inspector.page.locator('input[name="number"]').fill(receipt);
  await inspector.press('main form button');
  const context = inspector.page.context();
  const cookie = (await context.cookies()).find(({ name }) => name === 'return');
  if (cookie === undefined) throw new Error('No complaint is open.');
  await context.addCookies([{ ...cookie, value: oldToken(house, 'receipt-session', cookie.value, minutes) }]);
  await inspector.open('my complaint, hidden after a while', '/my-complaint');
  await context.clearCookies();
}

/** Without cookies the time is in the page itself. */
async function writeOnOldPages(walk: Walk, receipt: string): Promise<void> {
  const { inspector } = walk;
  const press = (what: string) => forgetfully(inspector, () => inspector.press(what));
  const write = async () => {
    await press(go('message'));
    await inspector.page.locator('textarea').fill(story);
  };
  const sendLate = async (age: number) => {
    await makeOld(walk, pass, 'receipt-pass|page', age);
    await press(go('send_message'));
  };
  const comeBack = async () => {
    await inspector.page.locator('input[name="number"]').fill(receipt);
    await press('main form button');
  };
  await forgetfully(inspector, () => inspector.goTo(`/return?cookies=try&lang=${inspector.language}`));
  await comeBack();
  await write();
  await sendLate(minutes);
  await inspector.lookRefused('without cookies, the time ran out while somebody wrote');
  await comeBack();
  await inspector.look('without cookies, what was written comes along');
  const key = await inspector.page.locator('input[name="key"]').inputValue();
  await press(go('send_message'));
  await write();
  await put(inspector.page, 'input[name="key"]', key);
  await sendLate(minutes);
  await inspector.lookRefused('without cookies, what was sent comes again and is not shown');
  await comeBack();
  await write();
  await sendLate(hours);
  await inspector.lookRefused('without cookies, what was written is too old to be shown');
}

/** The page that is there is as it will be when its time has been over for so long. */
async function makeOld({ inspector, house }: Walk, field: string, purpose: string, minutesOver: number): Promise<void> {
  const fresh = await inspector.page.locator(field).first().inputValue();
  await put(inspector.page, field, oldToken(house, purpose, fresh, minutesOver));
}
