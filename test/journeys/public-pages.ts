import {
  chooseFile,
  forgetfully,
  loseToken,
  put,
  sendMore,
  sendStrangely,
  whileDatabaseIsAway,
  whileRulesAreDamaged,
  whileSomethingIsBroken,
  type Walk,
} from '../support/walk';
import { givenCase } from './given-cases';
import { lookAtLongComplaint, type LongCase } from './long-case';
import { lookAtOldPages } from './old-pages';

const tooLong = 'x'.repeat(6_000);

/** The questions in their order, each with a field and what is refused in it. */
const questions: readonly (readonly [question: string, field?: string, wrong?: string])[] = [
  ['safety', 'safeToReply', tooLong],
  ['affected', 'affected', tooLong],
  ['what_happened', 'narrative', ''],
  ['when', 'dateDay', '31'],
  ['where', 'place', tooLong],
  ['who', 'company', tooLong],
  ['remedy', 'remedySought', tooLong],
  ['identity', 'name', 'Somebody'],
  ['contact', 'email', 'somebody@courier.example'],
  ['tell_company'],
];

const story = 'The guards shut the well.';
const go = (value: string) => `button[name="go"][value="${value}"]`;
const number = 'input[name="number"]';
const button = 'main form button';

/** Looks at every page of the public door: the questions and their refusals, one's own complaint and a long one, what is not taken, all of it without cookies, and pages whose time is over. */
export async function lookAtPublicPages(walk: Walk, longCase: LongCase): Promise<void> {
  const { inspector } = walk;
  await inspector.open('start', `/?lang=${inspector.language}`);
  await inspector.open('before you start', '/before-you-start');
  await inspector.open('what happens', '/what-happens');
  await inspector.open('no number to show', '/receipt');
  await answerTheQuestions(walk);
  const receipt = await send(walk);
  await comeBack(walk, receipt);
  await writeMore(walk, receipt);
  await meetWhatIsNotTaken(walk);
  await othersComeBack(walk);
  await lookAtLongComplaint(walk, longCase);
  await fileWithoutCookies(walk);
  await comeBackWithoutCookies(walk, receipt);
  await lookAtOldPages(walk, receipt);
  await inspector.leadsOn('/leave');
}

async function answerTheQuestions({ inspector }: Walk): Promise<void> {
  await inspector.goTo('/complaint');
  for (const [question, field = '', wrong = ''] of questions) {
    await inspector.look(`question ${question}`);
    if (field !== '') {
      await inspector.page.locator(`[name="${field}"]`).fill(wrong);
      await inspector.press(go('continue'));
      await inspector.lookRefused(`question ${question} refused`);
      await inspector.page.locator(`[name="${field}"]`).fill(question === 'what_happened' ? story : '');
    }
    await inspector.press(go('continue'));
  }
  await inspector.look('check your answers');
  await loseToken(inspector.page, 'main form');
  await inspector.press(go('send'));
  await inspector.lookRefused('answers whose page lost its token');
}

/** @returns the number of the complaint */
async function send({ inspector, house }: Walk): Promise<string> {
  await whileDatabaseIsAway(house, 'intake', async () => {
    await inspector.press(go('send'));
    await inspector.lookRefused('not stored');
  });
  const draft = await inspector.page.locator('input[name="draft"]').inputValue();
  await inspector.press(go('send'));
  await inspector.look('receipt');
  const receipt = (await inspector.page.locator('.rc-receipt-groups li').allInnerTexts()).join('');
  await inspector.leadsOn('/receipt/note.txt');
  await inspector.goTo('/complaint');
  await put(inspector.page, 'input[name="draft"]', draft);
  await inspector.page.locator('input[name="danger"]').first().check();
  await inspector.press(go('continue'));
  await inspector.press(go('send'));
  await inspector.lookRefused('sent before, with other answers');
  await inspector.goTo('/receipt');
  await inspector.press('form[action="/receipt/kept"] button');
  await inspector.look('the number is written down');
  return receipt;
}

async function comeBack({ inspector, house }: Walk, receipt: string): Promise<void> {
  await inspector.open('return', '/return');
  await inspector.page.locator(number).fill('1234');
  await inspector.press(button);
  await inspector.lookRefused('a number with too few digits');
  await inspector.page.locator(number).fill(receipt);
  await whileDatabaseIsAway(house, 'intake', async () => {
    await inspector.press(button);
    await inspector.lookRefused('a number that cannot be looked up');
  });
  await inspector.press(button);
  await inspector.look('my complaint');
  await inspector.open('my complaint: steps', '/my-complaint/steps/1');
  await inspector.leadsOn('/my-complaint/without-cookies');
}

async function writeMore({ inspector, house }: Walk, receipt: string): Promise<void> {
  for (const what of ['message', 'add']) {
    await inspector.open(`my complaint: ${what}`, `/my-complaint/${what}`);
    await inspector.press(button);
    await inspector.lookRefused(`my complaint: ${what} refused`);
    await inspector.page.locator('textarea').fill(story);
    await inspector.press(button);
    await inspector.look(`my complaint: ${what} sent`);
  }
  await inspector.open('my complaint: file', '/my-complaint/file');
  await inspector.press(button);
  await inspector.lookRefused('my complaint: no file');
  await chooseFile(inspector.page, 'well.jpg', '');
  await inspector.press(button);
  await inspector.lookRefused('my complaint: an empty file');
  await chooseFile(inspector.page, 'well.txt', 'shut');
  await inspector.press(button);
  await inspector.look('my complaint: file sent');
  await inspector.goTo('/my-complaint/message');
  await inspector.page.locator('textarea').fill(story);
  await whileDatabaseIsAway(house, 'intake', async () => {
    await inspector.press(button);
    await inspector.lookRefused('a message that is not stored');
    await inspector.openRefused('my complaint cannot be shown', '/my-complaint');
  });
  await inspector.goTo('/my-complaint/message');
  await inspector.page.locator('textarea').fill(story);
  await inspector.page.context().clearCookies({ name: 'return' });
  await inspector.press(button);
  await inspector.lookRefused('the time ran out while somebody wrote');
  await inspector.page.locator(number).fill(receipt);
  await inspector.press(button);
  await inspector.look('what was written comes along');
}

async function meetWhatIsNotTaken({ inspector, house }: Walk): Promise<void> {
  await inspector.openRefused('nothing there', '/nothing');
  await inspector.goTo('/my-complaint/message');
  await inspector.page.locator('textarea').fill(story);
  await whileSomethingIsBroken(house, async () => {
    await inspector.press(button);
    await inspector.lookRefused('a message, and something is broken');
    await inspector.openRefused('something is broken', '/my-complaint');
  });
  const open = async () => {
    await inspector.goTo('/complaint');
  };
  await sendStrangely(inspector, { open, field: 'safeToReply' });
  await inspector.goTo('/my-complaint');
  await sendMore(inspector, 'form[action="/my-complaint/leave"]');
  await open();
  await inspector.page.context().clearCookies({ name: 'visit' });
  await inspector.press(go('continue'));
  await inspector.lookRefused('the visit is over');
}

/** Complaints that others have worked on: those of the demo, one whose rules cannot be read meanwhile, and one that is closed. */
async function othersComeBack(walk: Walk): Promise<void> {
  const { inspector, house } = walk;
  const open = async (name: string, receipt: string) => {
    await inspector.page.context().clearCookies({ name: 'return' });
    await inspector.goTo('/return');
    await inspector.page.locator(number).fill(receipt);
    await inspector.press(button);
    await inspector.look(name);
  };
  for (const { receipt, reference } of house.demo.receipts) {
    await open('a complaint of the demo', receipt);
    await inspector.open('steps of a complaint of the demo', '/my-complaint/steps/1');
    if (receipt !== house.demo.receipts.at(-1)?.receipt) continue;
    await whileRulesAreDamaged(house, reference, () => inspector.open('my complaint, whose rules cannot be read', '/my-complaint'));
  }
  const { receipt, act } = await givenCase(walk, 'yes');
  await act('withdraw', { inputs: { asked_by: 'message', forced: 'no_sign' } });
  await open('a complaint that is closed', receipt);
  await inspector.goTo('/my-complaint/message');
  await inspector.page.locator('textarea').fill(story);
  await inspector.press(button);
  await inspector.lookRefused('a message to a complaint that is closed');
  await inspector.goTo('/my-complaint');
  await inspector.press('form[action="/my-complaint/leave"] button');
  await inspector.look('my complaint is hidden');
}

async function fileWithoutCookies({ inspector }: Walk): Promise<void> {
  const { language } = inspector;
  const press = (value: string) => forgetfully(inspector, () => inspector.press(go(value)));
  await forgetfully(inspector, () => inspector.open('no cookies', `/complaint?cookies=try&lang=${language}`));
  await forgetfully(inspector, () => inspector.open('question 1 without cookies', `/complaint?cookies=none&lang=${language}`));
  await press('continue');
  await press('continue');
  await inspector.page.locator('textarea[name="narrative"]').fill(story);
  await press('continue');
  await press('check');
  await inspector.look('check your answers without cookies');
  await press('send');
  await inspector.look('receipt without cookies');
}

async function comeBackWithoutCookies({ inspector }: Walk, receipt: string): Promise<void> {
  const { language } = inspector;
  const press = (what: string) => forgetfully(inspector, () => inspector.press(what));
  await forgetfully(inspector, () => inspector.open('return without cookies', `/return?cookies=try&lang=${language}`));
  await inspector.page.locator(number).fill('1234');
  await press(button);
  await inspector.lookRefused('a number with too few digits, without cookies');
  await inspector.page.locator(number).fill(receipt);
  await press(button);
  await inspector.look('my complaint without cookies');
  for (const what of ['message', 'add']) {
    await press(go(what));
    await inspector.look(`${what} without cookies`);
    await press(go(`send_${what}`));
    await inspector.lookRefused(`${what} without cookies refused`);
    await inspector.page.locator('textarea').fill(story);
    await press(go(`send_${what}`));
    await inspector.look(`${what} without cookies sent`);
  }
  await press(go('steps'));
  await inspector.look('steps without cookies');
}
