import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../support/browser';
import { startNewHouse, type House } from '../support/house';
import { file, read, send, showing } from '../support/partner';

jest.setTimeout(120_000);

let house: House;
let browser: Browser;
beforeAll(async () => {
  house = await startNewHouse();
  browser = await startBrowser();
}, 180_000);
afterAll(async () => {
  await browser.close();
  await house.stop();
}, 60_000);

/** A member of the demo staff: `maren` is an officer, `ilse` a supervisor, `joaquim` the director. */
function staff(name: string): { signInName: string; password: string } {
  const found = house.demo.signIns.find(({ signInName }) => signInName === name);
  if (!found) throw new Error(`the demo workspace has nobody named ${name}`);
  return { signInName: found.signInName, password: found.password };
}

/** A browser window of somebody new, with JavaScript off. */
async function newVisitor(): Promise<Page> {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  return context.newPage();
}

async function goOn(page: Page, value = 'continue'): Promise<void> {
  await page.locator(`button[name="go"][value="${value}"]`).first().click();
}

async function expectDirection(page: Page, language: string): Promise<void> {
  const root = page.locator('html');
  expect([await root.getAttribute('lang'), await root.getAttribute('dir')]).toEqual([language, language === 'ar' ? 'rtl' : 'ltr']);
}

/** From the choice of the language to the receipt. */
async function fileByForm(page: Page, language: string, narrative: string): Promise<{ receipt: string; reference: string }> {
  await page.goto(`${house.intake}/`);
  await page.locator(`a.rc-choice[lang="${language}"]`).click();
  await expectDirection(page, language);
  await page.locator('a[href="/complaint"]').first().click();
  await goOn(page);
  await page.locator('input[name="harmed"][value="self"]').check();
  await goOn(page);
  await page.locator('textarea[name="narrative"]').fill(narrative);
  await goOn(page);
  await goOn(page);
  await page.locator('select[name="country"]').selectOption('KE');
  await goOn(page);
  await page.locator('input[name="company"]').fill('Bluestone Textiles');
  for (const _ of ['who', 'remedy', 'identity', 'contact', 'tell_company']) await goOn(page);
  expect(await page.locator('main').innerText()).toContain(narrative);
  await expectDirection(page, language);
  await goOn(page, 'send');
  expect(new URL(page.url()).pathname).toBe('/receipt');
  await expectDirection(page, language);
  const groups = await page.locator('.rc-receipt-groups li').allInnerTexts();
  // One under the other, so that nobody writes them down in the wrong order, from whichever side they read.
  const boxes = await Promise.all((await page.locator('.rc-receipt-groups li').all()).map((one) => one.boundingBox()));
  const tops = boxes.map((box) => box?.y ?? 0);
  expect(tops).toEqual(tops.toSorted((one, other) => one - other));
  expect(new Set(tops).size).toBe(6);
  return { receipt: groups.join(' '), reference: await page.locator('bdi.rc-number').innerText() };
}

async function signIn(page: Page, name: string, language = 'en'): Promise<void> {
  await page.goto(`${house.casework}/sign-in?lang=${language}`);
  await page.locator('input[name="signInName"]').fill(staff(name).signInName);
  await page.locator('input[name="password"]').fill(staff(name).password);
  await page.locator('main form button').click();
}

/** What the officer does: signs in, opens the case from the queue, acknowledges, writes. */
async function answer(page: Page, language: string, reference: string, narrative: string, reply: string): Promise<void> {
  await signIn(page, 'maren', language);
  await expectDirection(page, language);
  await page.goto(`${house.casework}/cases`);
  await page.locator(`a[href^="/cases/${reference}"]`).first().click();
  expect(await page.locator('main').innerText()).toContain(narrative);
  await expectDirection(page, language);
  await page.locator('a[href$="/actions/acknowledge"]').click();
  await page.locator('main form button').click();
  expect(new URL(page.url()).pathname).toBe(`/cases/${reference}`);
  expect(await page.locator('a[href$="/actions/acknowledge"]').count()).toBe(0);
  expect(await page.locator('a[href$="/actions/begin_screening"]').count()).toBe(1);
  await page.locator('textarea[name="body"]').fill(reply);
  await page.locator('#messages form button').click();
  expect(await page.locator('#messages').innerText()).toContain(reply);
}

describe.each([
  {
    language: 'en',
    narrative: 'They locked the gate during the night shift.',
    reply: 'We have read it. Are you safe?',
    stage: 'A person has read it',
  },
  { language: 'ar', narrative: 'أغلقوا البوابة أثناء نوبة الليل.', reply: 'قرأنا شكواك. هل أنت في أمان؟', stage: 'قرأنا شكواك' },
])('without JavaScript, in $language', ({ language, narrative, reply, stage }) => {
  it('somebody files, an officer answers, and the answer is read with the receipt', async () => {
    const { receipt, reference } = await fileByForm(await newVisitor(), language, narrative);
    expect(receipt).toMatch(/^(\d{4} ){5}\d{4}$/);
    await answer(await newVisitor(), language, reference, narrative, reply);
    const page = await newVisitor();
    await page.goto(`${house.intake}/return?lang=${language}`);
    await page.locator('input[name="number"]').fill(receipt);
    await page.locator('main form button').first().click();
    await expectDirection(page, language);
    const text = await page.locator('main').innerText();
    expect(text).toContain(stage);
    expect(text).toContain(reply);
    expect(text).toContain(narrative);
  });
});

/** Takes an action from the page of the case, with what its form asks for by name of the field. */
async function take(page: Page, action: string, given: Readonly<Record<string, string>>): Promise<void> {
  await page.locator(`a[href$="/actions/${action}"]`).click();
  for (const [name, value] of Object.entries(given)) {
    const choice = page.locator(`input[name="${name}"][value="${value}"]`);
    await ((await choice.count()) > 0 ? choice.check() : page.locator(`[name="${name}"]`).fill(value));
  }
  await page.locator('main form button').last().click();
  expect(new URL(page.url()).pathname).toMatch(/^\/cases\/[^/]+$/);
}

async function comeBack(receipt: string): Promise<string> {
  const page = await newVisitor();
  await page.goto(`${house.intake}/return?lang=en`);
  await page.locator('input[name="number"]').fill(receipt);
  await page.locator('main form button').first().click();
  return page.locator('main').innerText();
}

it('the first start prints who can sign in, and the receipts to come back with', () => {
  const { signIns, receipts } = house.demo;
  expect(signIns.length).toBeGreaterThan(3);
  for (const { signInName, password } of signIns) expect(house.output()).toMatch(new RegExp(`${signInName} +${password} `));
  expect(receipts.length).toBe(2);
  for (const { receipt, reference } of receipts)
    expect(house.output().replace(/(\d{4}) (?=\d)/g, '$1')).toContain(`${receipt}   (${reference})`);
});

describe('without JavaScript, when it takes longer and when it ends', () => {
  it('the complainant sees the new dates and the letters, and closing needs a second person', async () => {
    const { reference, receipt } = (await file(house.intake, { language: 'en', narrative: 'They kept my badge.' })).body;
    const officer = await newVisitor();
    await signIn(officer, 'maren');
    await officer.goto(`${house.casework}/cases/${reference}`);
    await take(officer, 'acknowledge', {});
    await take(officer, 'begin_screening', { input_risk: 'none_known', input_conflict_of_interest: 'none' });
    const due = /This should be done by ([^.]*)\./;
    const [, first] = due.exec(await comeBack(receipt)) ?? [];
    await take(officer, 'take_more_time', { reason: 'The witness is away.', message: 'It takes longer: we wait for a witness.' });
    const longer = await comeBack(receipt);
    expect(longer).toContain('It takes longer: we wait for a witness.');
    expect(due.exec(longer)?.[1]).not.toBe(first);
    await take(officer, 'pause_for_other_proceedings', { reason: 'The court decides first.', message: 'We wait for the court.' });
    expect(await officer.locator('.rc-clock--paused').innerText()).toMatch(
      /Paused since .*\nBecause of: Pause for other proceedings\nWhat is left: .*\nGoes on by itself on /,
    );
    expect(await comeBack(receipt)).toMatch(/It goes on again on .* at the latest/);
    await take(officer, 'continue_after_pause', {});
    expect(await comeBack(receipt)).toMatch(due);
    const closing = { outcome: 'unable_to_determine', reason: 'Nobody knows.', message: 'We could not find out what happened.' };
    const supervisor = await newVisitor();
    await signIn(supervisor, 'ilse');
    await supervisor.goto(`${house.casework}/cases/${reference}`);
    await take(supervisor, 'close_without_remedy', closing);
    // She may agree to what others ask for, and not to this: there is no button for it, and a form that says so all the same is refused.
    expect(await supervisor.locator('button[value="agree"]').count()).toBe(0);
    await supervisor.evaluate(`document.querySelector('button[value="take_back"]').value = 'agree'`);
    await supervisor.locator('.rc-approval button').click();
    expect(await supervisor.locator('main').innerText()).toContain('You asked for this yourself. A second person must agree.');
    expect(await comeBack(receipt)).not.toContain('We could not find out');
    const director = await newVisitor();
    await signIn(director, 'joaquim');
    await director.goto(`${house.casework}/cases/${reference}`);
    expect(await director.locator('.rc-approval').innerText()).toContain('We could not find out what happened.');
    await director.locator('button[value="agree"]').click();
    expect(await director.locator('main').innerText()).toContain('You agreed, and it is done.');
    expect(await comeBack(receipt)).toContain('We could not find out what happened.');
  });
});

interface OpenedCase {
  readonly items: readonly { readonly answers: { readonly narrative: string } }[];
  readonly tracks: readonly { readonly id: string; readonly stage: string; readonly revision: number }[];
}

describe('by the JSON API', () => {
  it('a partner files, an officer acknowledges and writes, and the reply is read with the receipt', async () => {
    const narrative = 'The well next to the plant has turned brown.';
    const filed = await file(house.intake, { language: 'en', narrative });
    expect(filed.status).toBe(201);
    const { reference, receipt } = filed.body;
    const session = await fetch(`${house.casework}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(staff('maren')),
    });
    expect(session.status).toBe(201);
    const cookie = session.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const address = `${house.casework}/api/v1/cases/${reference}`;
    const opened = await read<OpenedCase>(address, { cookie });
    expect(opened.body.items[0]?.answers.narrative).toBe(narrative);
    const track = opened.body.tracks[0];
    const acted = await send<{ stage: string }>(
      `${address}/actions/acknowledge`,
      { track: track?.id, seenRevision: track?.revision },
      { cookie },
    );
    expect(acted).toMatchObject({ status: 200, body: { stage: 'acknowledged' } });
    expect((await send(`${address}/messages`, { body: 'Do not drink from it. We are on our way.' }, { cookie })).status).toBe(201);
    const own = `${house.intake}/api/v1/complaint`;
    const stands = await read<{ tracks: { stage: string }[] }>(own, showing(receipt));
    expect(stands.body.tracks.map(({ stage }) => stage)).toEqual(['acknowledged']);
    const messages = await read<{ messages: { direction: string; body: string }[] }>(`${own}/messages`, showing(receipt));
    expect(messages.body.messages).toMatchObject([{ direction: 'to_complainant', body: 'Do not drink from it. We are on our way.' }]);
  });

  it('opens nothing for anybody who is not signed in, or shows another receipt', async () => {
    const { reference } = house.demo.receipts[0] ?? { reference: '' };
    expect((await read(`${house.casework}/api/v1/cases/${reference}`)).status).toBe(401);
    expect((await read(`${house.intake}/api/v1/complaint`, showing('0'.repeat(24)))).status).toBe(401);
  });
});
