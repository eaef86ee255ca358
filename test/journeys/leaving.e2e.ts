import type { Browser, BrowserContext, Page } from 'playwright-core';
import { waitFor } from '@recourse/testing';
import { startBrowser } from '../support/browser';
import { startHouse, type House } from '../support/house';
import { file } from '../support/partner';

jest.setTimeout(120_000);

let house: House;
let browser: Browser;
beforeAll(async () => {
  house = await startHouse();
  browser = await startBrowser();
}, 180_000);
afterAll(async () => {
  await browser.close();
  await house.stop();
}, 60_000);

const elsewhere = 'https://webmail.example/';

/** A window in which the rest of the web is one page with one link. */
async function newWindow(link: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await context.route(/^https:/, (route) =>
    route.fulfill({ contentType: 'text/html', body: `<p>Sunny.</p><a id="link" href="${link}">Open</a>` }),
  );
  return context;
}

describe('a link in a mail', () => {
  it('does not sign an officer out, and the letter half written in another tab still goes out', async () => {
    const { reference } = (await file(house.intake, { language: 'en', narrative: 'They kept my badge.' })).body;
    const maren = house.demo.signIns.find(({ signInName }) => signInName === 'maren');
    const address = `${house.casework}/cases/${reference}`;
    const context = await newWindow(address);
    const letter = await context.newPage();
    await letter.goto(`${house.casework}/sign-in?lang=en`);
    await letter.locator('input[name="signInName"]').fill('maren');
    await letter.locator('input[name="password"]').fill(maren?.password ?? '');
    await letter.locator('main form button').click();
    await letter.goto(address);
    await letter.locator('textarea[name="body"]').fill('Half an hour of writing.');
    const mail = await context.newPage();
    await mail.goto(elsewhere);
    await mail.locator('#link').click();
    await mail.waitForURL(address);
    expect(await mail.locator('main').innerText()).toContain('They kept my badge.');
    await letter.locator('#messages form button').click();
    await letter.waitForURL(/done=message/);
    expect(await letter.locator('#messages').innerText()).toContain('Half an hour of writing.');
  });
});

const story = 'The guards came at six with two dogs.';

/** With JavaScript, as most people come. */
async function fileByForm(page: Page): Promise<void> {
  const goOn = (value: string) => page.locator(`button[name="go"][value="${value}"]`).first().click();
  await page.goto(`${house.intake}/before-you-start?lang=en`);
  await page.locator('a[href="/complaint"]').first().click();
  await goOn('continue');
  await goOn('continue');
  await page.locator('textarea[name="narrative"]').fill(story);
  await goOn('continue');
  await goOn('check');
  await goOn('send');
  await page.waitForURL(`${house.intake}/receipt`);
}

/** By the button. The neutral page itself is not there for a browser that is offline. */
async function leaveQuickly(page: Page): Promise<void> {
  await page.locator('a.rc-exit__button').click();
  await waitFor('this device has forgotten the visit', async () => (await page.context().cookies()).length === 0);
  await page.goto(elsewhere);
}

/** Presses "Back" until there is nothing behind any more, and where the browser asks whether to send a page again, says yes. */
async function everythingBehind(page: Page): Promise<{ text: string; isNumberShown: boolean }[]> {
  const found = [];
  for (let at = 0; at < 12; at += 1) {
    const asksToSendAgain = await page.goBack({ waitUntil: 'load' }).then(
      () => false,
      (error: unknown) => String(error).includes('ERR_CACHE_MISS'),
    );
    if (asksToSendAgain) await page.reload();
    if (page.url() === 'about:blank') break;
    found.push({ text: await page.content(), isNumberShown: (await page.locator('.rc-receipt-groups').count()) > 0 });
  }
  return found;
}

describe('"Back"', () => {
  it.each<[string, (page: Page) => Promise<void>]>([
    ['"Leave this page"', leaveQuickly],
    [
      '"I have written it down"',
      (page) =>
        page
          .locator('form[action="/receipt/kept"] button')
          .click()
          .then(() => page.waitForURL(/done$/)),
    ],
  ])('after %s leads neither to the story nor to the number, not even when the pages are sent again', async (_, leave) => {
    const page = await (await newWindow('about:blank')).newPage();
    await fileByForm(page);
    await leave(page);
    const behind = await everythingBehind(page);
    expect(behind.some(({ text }) => text.includes('This was not taken'))).toBe(true);
    for (const { text, isNumberShown } of behind) {
      expect(text).not.toContain(story);
      expect(isNumberShown).toBe(false);
    }
  });
});
