import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { waitFor } from '@recourse/testing';
import { startBrowser } from '../support/browser';
import { startHouse, type House } from '../support/house';

jest.setTimeout(300_000);

/** What the first pages of the complaint form may weigh in all, as transferred: 2G. */
const heaviest = 60_000;
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const rules: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
  // What is right with a page is not described.
  resultTypes: ['violations'],
};

let house: House;
let browser: Browser;
beforeAll(async () => {
  house = await startHouse();
  browser = await startBrowser();
  await fillTheBoard();
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

/** A small phone and a desk. */
const widths = [320, 1280];

/** Looks at one page after the other, in both widths, and remembers what is wrong with each. */
class Inspector {
  readonly found: string[] = [];
  readonly seen: string[] = [];

  constructor(
    readonly page: Page,
    private readonly language: string,
  ) {}

  async look(name: string): Promise<void> {
    this.seen.push(name);
    const direction = await this.page.locator('html').getAttribute('dir');
    if (direction !== (this.language === 'ar' ? 'rtl' : 'ltr')) this.found.push(`${name}: written ${direction ?? 'nowhere'}`);
    for (const width of widths) {
      await this.page.setViewportSize({ width, height: 800 });
      // Each width and each direction of writing is looked at once for every page; all four would cost minutes, and axe sees neither in the other.
      if ((width === 320) === (this.language === 'ar')) await this.ask(`${name} at ${String(width)}`);
      await this.measure(`${name} at ${String(width)}`);
    }
  }

  private async ask(name: string): Promise<void> {
    const { violations } = await this.page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(rules)})`);
    for (const { id, nodes } of violations) this.found.push(`${name}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  }

  private async measure(name: string): Promise<void> {
    const overflow = await this.page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    if (overflow > 0) this.found.push(`${name}: ${String(overflow)} px wider than the window`);
  }

  async open(name: string, address: string): Promise<void> {
    await this.page.goto(address);
    await this.look(name);
  }
}

async function newInspector(language: string): Promise<{ context: BrowserContext; inspector: Inspector }> {
  // axe is put into the page by us; the page's own policy lets no script in.
  const context = await browser.newContext({ bypassCSP: true });
  // A script that is there from the beginning is compiled once for all pages; told to each page when it is there, it takes as long as looking with it.
  await context.addInitScript({ content: axeSource });
  return { context, inspector: new Inspector(await context.newPage(), language) };
}

const goOn = (page: Page, value = 'continue') => page.locator(`button[name="go"][value="${value}"]`).first().click();

/** Every page of the public door, the questions and their refusals included. */
async function publicDoor(inspector: Inspector, language: string): Promise<void> {
  const { page } = inspector;
  await inspector.open('start', `${house.intake}/?lang=${language}`);
  await inspector.open('before you start', `${house.intake}/before-you-start`);
  await inspector.open('what happens', `${house.intake}/what-happens`);
  await inspector.open('question 1', `${house.intake}/complaint`);
  await goOn(page);
  for (let question = 2; question <= 10; question += 1) {
    await inspector.look(`question ${String(question)}`);
    const narrative = page.locator('textarea[name="narrative"]');
    if ((await narrative.count()) > 0) {
      await goOn(page);
      await inspector.look('a question left empty');
      await narrative.fill('The guards shut the well.');
    }
    await goOn(page);
  }
  await inspector.look('check your answers');
  await goOn(page, 'send');
  await inspector.look('receipt');
  const receipt = (await page.locator('.rc-receipt-groups li').allInnerTexts()).join('');
  await inspector.open('return', `${house.intake}/return`);
  await page.locator('main input[type="text"]').first().fill('1234');
  await page.locator('main form button').first().click();
  await inspector.look('a receipt with too few digits');
  await page.locator('main input[type="text"]').first().fill(receipt);
  await page.locator('main form button').first().click();
  await inspector.look('my complaint');
  for (const part of ['message', 'add', 'file', 'steps/1'])
    await inspector.open(`my complaint: ${part}`, `${house.intake}/my-complaint/${part}`);
  await inspector.open('nothing there', `${house.intake}/nothing`);
}

/** Every page of the staff: the parts of the queue, each case of the demo workspace and each action that can be taken in it. */
async function staffRooms(inspector: Inspector, language: string): Promise<void> {
  const { page } = inspector;
  const { signInName, password } = house.demo.signIns.find(({ role }) => role === 'supervisor') ?? { signInName: '', password: '' };
  await inspector.open('sign in', `${house.casework}/sign-in?lang=${language}`);
  await page.locator('main form button').click();
  await inspector.look('sign in refused');
  await page.locator('input[name="signInName"]').fill(signInName);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('main form button').click();
  for (const part of ['new', 'mine', 'due', 'late', 'all', 'closed'])
    await inspector.open(`queue: ${part}`, `${house.casework}/cases?show=${part}`);
  for (const part of ['late', 'paused']) await inspector.open(`board: ${part}`, `${house.casework}/board?show=${part}`);
  await whileASecondPersonIsLate(() => inspector.open('board: approvals', `${house.casework}/board?show=approvals`));
  await inspector.open('procedures', `${house.casework}/procedures`);
  await inspector.open('a procedure', `${house.casework}/procedures/remedy/1`);
  await inspector.open('a procedure, all of it', `${house.casework}/procedures/remedy/1?open=all`);
  await page.goto(`${house.casework}/cases`);
  const cases = await hrefs(page, 'tbody a[href^="/cases/"]');
  const actions = new Map<string, string>();
  for (const address of cases) {
    await inspector.open(`case ${String(cases.indexOf(address) + 1)}`, `${house.casework}${address}`);
    for (const action of await hrefs(page, 'a[href*="/actions/"]')) actions.set(action.split('/').at(-1) ?? '', action);
  }
  for (const [action, address] of actions) {
    await inspector.open(`action ${action}`, `${house.casework}${address}`);
  }
  await page.goto(`${house.casework}${cases[0] ?? ''}`);
  const assign = await page.locator('form.rc-assign').first().getAttribute('action');
  await inspector.open('assign', `${house.casework}${assign ?? ''}`);
  await page.locator('select[name="assigneeId"]').selectOption({ index: 2 });
  // As if somebody had been faster.
  await page.locator('input[name="seenRevision"]').evaluate((input) => ((input as unknown as { value: string }).value = '0'));
  await page.locator('main form button').click();
  await inspector.look('assign refused');
  await inspector.open('no such case', `${house.casework}/cases/RC-00000-00000`);
  await inspector.open('account', `${house.casework}/account`);
  await inspector.open('password', `${house.casework}/account/password`);
  await page.locator('main form button').click();
  await inspector.look('password refused');
  await inspector.open('team', `${house.casework}/teams/desk`);
  await inspector.open('take off the team', `${house.casework}${(await hrefs(page, 'a[href$="/take-off"]'))[0] ?? ''}`);
  await inspector.open('put on the team', `${house.casework}/teams/desk/members/add`);
  await page.locator('main form button').click();
  await inspector.look('put on the team refused');
  await asAdministrator(signInName, () => inspector.open('set aside', `${house.casework}/set-aside`));
}

/** A request that nobody answered; no case could be opened with what this one holds, so it goes again. */
async function whileASecondPersonIsLate(look: () => Promise<void>): Promise<void> {
  await house.query(
    `INSERT INTO approval_request (id, case_id, track_id, action, stage, requested_by, requested_at, answer_due_at, sealed_content, state)
     SELECT gen_random_uuid(), t.case_id, t.id, 'close_without_remedy', t.stage, s.id, now() - interval '9 days', now() - interval '2 days', '\\x00', 'waiting'
     FROM track t, staff_member s WHERE t.closed_at IS NULL AND s.role = 'officer' LIMIT 1`,
  );
  await look();
  await house.query(`DELETE FROM approval_request WHERE sealed_content = '\\x00'`);
}

/** The demo workspace has no administrator: somebody is one for a while. */
async function asAdministrator(signInName: string, look: () => Promise<void>): Promise<void> {
  await house.query(`UPDATE staff_member SET role = 'administrator' WHERE sign_in_name = $1`, [signInName]);
  await look();
  await house.query(`UPDATE staff_member SET role = 'supervisor' WHERE sign_in_name = $1`, [signInName]);
}

async function hrefs(page: Page, selector: string): Promise<string[]> {
  const all = await page
    .locator(selector)
    .evaluateAll((links) => links.map((link) => (link as unknown as { getAttribute(name: string): string }).getAttribute('href')));
  return [...new Set(all)];
}

describe.each(['en', 'ar'])('in %s, 320 and 1280 pixels wide', (language) => {
  it('axe finds nothing on any page of the public door, and none is wider than the window', async () => {
    const { context, inspector } = await newInspector(language);
    await publicDoor(inspector, language);
    await context.close();
    expect(inspector.found).toEqual([]);
    expect(inspector.seen.length).toBeGreaterThan(20);
  });

  it('axe finds nothing on any page of the staff, and none is wider than the window', async () => {
    const { context, inspector } = await newInspector(language);
    await staffRooms(inspector, language);
    await context.close();
    expect(inspector.found).toEqual([]);
    expect(inspector.seen.filter((name) => name.startsWith('action')).length).toBeGreaterThan(8);
    expect(inspector.seen).toContain('set aside');
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
