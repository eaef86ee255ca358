import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@recourse/testing';
import { startBrowser } from '../support/browser';
import { type House, startNewHouse } from '../support/house';
import { Inspector } from '../support/inspector';
import { file, read } from '../support/partner';

/** `npm start -- --clock`: a workspace for training, here with a day in two seconds. */

jest.setTimeout(240_000);

const DAY_MS = 86_400_000;

let house: House;
beforeAll(async () => {
  house = await startNewHouse({}, ['--clock', '2s']);
});
afterAll(async () => {
  await house.stop();
});

/** Every mail so far that names the case, as its text. */
function mailsAbout(reference: string): readonly string[] {
  const folder = join(house.dataDir, 'mail');
  const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  return files.map((name) => readFileSync(join(folder, name), 'utf8')).filter((mail) => mail.includes(reference));
}

const page = async (address: string, language: string) => (await fetch(`${address}?lang=${language}`)).text();

describe('a training workspace', () => {
  it('says on every page, in every language, that nothing in it is real', async () => {
    for (const address of [`${house.intake}/before-you-start`, `${house.casework}/sign-in`, `${house.intake}/no-such-page`]) {
      expect(await page(address, 'en')).toContain('Training: here one day passes in 2 seconds. Nothing here is real.');
      expect(await page(address, 'ar')).toContain('لا شيء هنا حقيقي.');
    }
    expect(house.output()).toContain('Training: here a day passes in 2 seconds.');
  });

  it.each(['en', 'ar'])('says it so that axe finds nothing, in %s, at 320 and 1280 pixels', async (language) => {
    const browser = await startBrowser();
    for (const [app, path] of [
      ['intake', '/before-you-start'],
      ['casework', '/sign-in'],
    ] as const) {
      const inspector = await Inspector.in(browser, language, app, house, new Set());
      await inspector.open(path, `${path}?lang=${language}`);
      expect(await inspector.page.locator('.rc-training').count()).toBe(1);
      expect(inspector.found).toEqual([]);
    }
    await browser.close();
  });

  it('lets the first clock of a complaint warn and run out within seconds, with mails, while those who work in it stay signed in', async () => {
    const { signInName = '', password = '' } = house.demo.signIns[0] ?? {};
    const signedIn = await fetch(`${house.casework}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ signInName, password }),
    });
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const { status, body } = await file(house.intake, { language: 'en', narrative: 'The gate was shut and nobody said why.' });
    expect(status).toBe(201);
    const { reference } = body;
    const firings = () =>
      house.query<{ type: string; occurred_at: Date; received_at: Date }>(
        `SELECT e.type, e.occurred_at, f.received_at FROM case_event e JOIN case_file f ON f.id = e.case_id
         WHERE f.reference = $1 AND e.type IN ('clock_warned', 'clock_ran_out') ORDER BY e.seq`,
        [reference],
      );
    await waitFor('the clock warned and ran out', async () => (await firings()).length === 2, 60_000);
    const [warned, ranOut] = await firings();
    expect([warned?.type, ranOut?.type]).toEqual(['clock_warned', 'clock_ran_out']);
    // Five working days: without a weekend in between when it was filed on one. An hour may be missing in spring.
    expect((ranOut?.occurred_at.getTime() ?? 0) - (ranOut?.received_at.getTime() ?? 0)).toBeGreaterThan(4.9 * DAY_MS);
    for (const subject of [`${reference}: a new complaint`, `${reference}: due on`, `${reference}: late since`]) {
      await waitFor(
        `a mail is about “${subject}”`,
        () => mailsAbout(reference).some((mail) => mail.includes(`Subject: ${subject}`)),
        20_000,
      );
    }
    for (const mail of mailsAbout(reference)) {
      expect(mail.slice(mail.indexOf('\n\n') + 2)).toMatch(/^Training: nothing in this mail is real\.\n\n/);
    }
    const shown = await read<{ tracks: { clocks: { isLate: boolean }[] }[] }>(`${house.casework}/api/v1/cases/${reference}`, { cookie });
    expect(shown.status).toBe(200);
    expect(shown.body.tracks[0]?.clocks[0]?.isLate).toBe(true);
  });
});
