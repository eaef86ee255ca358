import type { Browser, BrowserContext } from 'playwright-core';
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
