import type { Browser } from 'playwright-core';
import { waitFor } from '@recourse/testing';
import { startBrowser } from '../support/browser';
import { startHouse, type House } from '../support/house';
import { Inspector } from '../support/inspector';
import type { App } from '../support/page-routes';
import type { Walk } from '../support/walk';
import { givenLongCase, quotaOfLongCase, type LongCase } from './long-case';
import { lookAtPublicPages } from './public-pages';
import { lookAtStaffPages } from './staff-pages';

jest.setTimeout(300_000);

/** What the first pages of the complaint form may weigh in all, as transferred: 2G. */
const heaviest = 60_000;

let house: House;
let browser: Browser;
let longCase: LongCase;
beforeAll(async () => {
  house = await startHouse({ RECOURSE_INSTITUTION_WEBSITE: 'https://institution.example/', ...quotaOfLongCase });
  await fillTheBoard();
  [browser, longCase] = await Promise.all([startBrowser(), givenLongCase(house)]);
}, 180_000);
afterAll(async () => {
  await browser.close();
  await house.stop();
}, 60_000);

/** What the demo workspace does not have: a pause that is long, work that the machine gave up. */
async function fillTheBoard(): Promise<void> {
  await house.query(`UPDATE deadline SET paused_at = paused_at - interval '40 days' WHERE state = 'paused'`);
  await house.query(
    `UPDATE deadline SET set_aside_at = now(), failure_count = 5, last_error_code = 'sqlstate_23514'
     WHERE id IN (SELECT id FROM deadline WHERE state = 'running' ORDER BY due_at DESC LIMIT 2)`,
  );
}

/** Parts of the staff's pages that axe was asked about, in whichever language. */
const partsOfStaffPages = new Set<string>();

/** What is wrong with the pages of an app, and which of them nobody looked at. */
async function walkThrough(app: App, language: string, look: (walk: Walk) => Promise<void>) {
  const inspector = await Inspector.in(browser, language, app, house, app === 'casework' ? partsOfStaffPages : new Set());
  await look({ inspector, house });
  await inspector.leave();
  return { found: inspector.found, unseen: inspector.unseen(), seen: inspector.seen };
}

describe.each(['en', 'ar'])('in %s, 320 and 1280 pixels wide', (language) => {
  it('axe finds nothing on any page of the public door, and none is wider than the window', async () => {
    const { found, unseen, seen } = await walkThrough('intake', language, (walk) => lookAtPublicPages(walk, longCase));
    expect({ found, unseen }).toEqual({ found: [], unseen: [] });
    expect(seen.length).toBeGreaterThan(60);
  });

  it('axe finds nothing on any page of the staff, and none is wider than the window', async () => {
    const { found, unseen, seen } = await walkThrough('casework', language, (walk) => lookAtStaffPages(walk, longCase));
    expect({ found, unseen }).toEqual({ found: [], unseen: [] });
    expect(seen.filter((name) => name.startsWith('action')).length).toBeGreaterThan(8);
  });
});

it.each([true, false])('what is folded is all there on paper, and with script a link opens it: %s', async (javaScriptEnabled) => {
  const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 320, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${house.intake}/what-happens?lang=en`);
  const folded = page.locator('.rc-process > li > details:not([open])');
  const steps = (await folded.count()) + 1;
  expect(steps).toBeGreaterThan(5);
  const paragraphs = page.locator('.rc-process > li > details > p');
  const shown = async () => (await Promise.all((await paragraphs.all()).map((one) => one.isVisible()))).filter(Boolean).length;
  const onScreen = await shown();
  await page.emulateMedia({ media: 'print' });
  expect(await shown()).toBeGreaterThan(onScreen + steps);
  expect(await shown()).toBe(await paragraphs.count());
  await page.emulateMedia({ media: 'screen' });
  await page.locator('.rc-process details[open] li a').first().click();
  const left = javaScriptEnabled ? steps - 2 : steps - 1;
  await waitFor('the link has opened its step', async () => (await folded.count()) === left);
  // By keyboard, too.
  await folded.first().locator('summary').focus();
  await page.keyboard.press('Enter');
  await waitFor('the key has opened another', async () => (await folded.count()) === left - 1);
  await context.close();
});

describe.each(['en', 'ar'])('the picture of what happens, in %s on a small phone', (language) => {
  it.each([true, false])(
    'holds its words in its boxes, and each leads to its step, with script or without: %s',
    async (javaScriptEnabled) => {
      const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 320, height: 800 } });
      const page = await context.newPage();
      await page.goto(`${house.intake}/what-happens?lang=${language}`);
      const boxes = page.locator('.rc-diagram__picture a');
      expect(await boxes.count()).toBeGreaterThan(5);
      // The browser alone knows how wide its letters are.
      const outside = await page.evaluate<string[]>(`[...document.querySelectorAll('.rc-diagram__picture a')].flatMap((box) => {
      const edge = box.querySelector('rect').getBBox();
      return [...box.querySelectorAll('text')].filter((text) => {
        const { x, y, width, height } = text.getBBox();
        return x < edge.x || y < edge.y || x + width > edge.x + edge.width || y + height > edge.y + edge.height;
      }).map(({ textContent }) => textContent);
    })`);
      expect(outside).toEqual([]);
      // Colours that somebody has chosen are those of the boxes and of what is written in them.
      await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
      const [ground, box, written] = await page.evaluate<string[]>(`[
      getComputedStyle(document.body).backgroundColor,
      ...['rect', 'text'].map((one) => getComputedStyle(document.querySelector('.rc-diagram__picture a ' + one)).fill),
    ]`);
      expect([box, written === box, written === 'rgb(33, 30, 26)']).toEqual([ground, false, false]);
      await page.emulateMedia({ forcedColors: 'none' });
      // Phones that know a link in a picture by its older name alone.
      await page.evaluate(`document.querySelectorAll('.rc-diagram__picture a')[4].removeAttribute('href')`);
      for (const [place, press] of [
        [2, () => boxes.nth(2).click()],
        [3, () => boxes.nth(3).press('Enter')],
        [4, () => boxes.nth(4).click()],
      ] as const) {
        const target = (await boxes.nth(place).getAttribute('xlink:href')) ?? '';
        await press();
        await page.waitForURL((url) => url.hash === target);
        const fold = page.locator(`${target} > details`);
        await waitFor('the step is there to be read', () => fold.locator('summary').isVisible());
        if (javaScriptEnabled) await waitFor('the step is open', async () => (await fold.getAttribute('open')) !== null);
      }
      await context.close();
    },
  );
});

it('the first page of the form, with everything it brings, is light enough for 2G', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await session.send('Network.enable');
  await page.goto(`${house.intake}/complaint?lang=ar`, { waitUntil: 'networkidle' });
  await context.close();
  expect(bytes).toBeGreaterThan(5_000);
  expect(bytes).toBeLessThanOrEqual(heaviest);
});
