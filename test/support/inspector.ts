import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, Locator, Page, Response } from 'playwright-core';
import type { House } from './house';
import { pageRoutes, routeOf, type App } from './page-routes';
import { pageTitles, titleReader } from './page-titles';

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const rules: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
  // What is right with a page is not described.
  resultTypes: ['violations'],
};

/** A small phone and a desk. */
const widths = [320, 1280] as const;

/**
 * Pages that one window shows. At each of them the browser makes one world more for its driver, and makes all of them again at the next: the hundredth page of a
 * window takes five times as long as the first.
 */
const mostOfWindow = 25;

/**
 * Everything a page is made of, each kind of element once: where it stands, what it is, which attributes it has, and whether there are several. And its headings, in
 * their order. What is written in it makes no difference.
 */
const partsOfPage = `(() => {
  const parts = new Set();
  const of = (one) => one.localName + '.' + [...one.classList].sort().join('.');
  for (const one of document.querySelectorAll('body *')) {
    const attributes = [...one.attributes].map(({ name, value }) => (/^(role|type|dir|aria-current)$/.test(name) ? name + '=' + value : name));
    const part = of(one.parentElement) + '>' + of(one) + '[' + attributes.sort().join(' ') + ']';
    parts.add(parts.has(part) ? part + ' again' : part);
  }
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ localName }) => localName);
  return [...parts, headings.filter((one, at) => one !== headings[at - 1]).join(' ')];
})()`;

/**
 * Looks at one page after the other, in both widths, and remembers what is wrong with each, and which it has not seen.
 *
 * Every page is measured. axe is asked about the first of each route and of each title, and about any other in which there is something about which it was never
 * asked: it takes longer than everything else together, and finds in the tenth case what it found in the first.
 */
export class Inspector {
  readonly found: string[] = [];
  readonly seen: string[] = [];
  private readonly routes: readonly string[];
  private readonly routesLeft: Set<string>;
  private titlesLeft: readonly { readonly name: string; readonly isSaid: (title: string) => boolean }[];
  private answer: Response | undefined;
  private shownHere = 0;

  private constructor(
    private window: Page,
    readonly language: string,
    app: App,
    private readonly home: string,
    private readonly partsAsked: Set<string>,
  ) {
    this.routes = pageRoutes(app);
    this.routesLeft = new Set(this.routes);
    this.titlesLeft = pageTitles(app).map(({ template, key }) => ({
      name: `${template} with the title ${key}`,
      isSaid: titleReader(key, language),
    }));
    this.listen();
  }

  /** What the window shows that is open now. */
  get page(): Page {
    return this.window;
  }

  /**
   * A window of somebody new at an app of a house.
   * @param partsAsked what axe was asked about before and need not be again; grows
   */
  static async in(browser: Browser, language: string, app: App, house: Pick<House, App>, partsAsked: Set<string>): Promise<Inspector> {
    // axe is put into the page by us; the page's own policy lets no script in.
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 800 } });
    // A script that is there from the beginning is compiled once for all pages; told to each page when it is there, it takes as long as looking with it.
    await context.addInitScript({ content: axeSource });
    return new Inspector(await context.newPage(), language, app, house[app], partsAsked);
  }

  /** Goes on in another window, with the same cookies, once this one has shown enough: ask for {@link page} again. */
  async goTo(path: string): Promise<void> {
    if (this.shownHere >= mostOfWindow) await this.changeWindow();
    await this.page.goto(this.home + path);
  }

  /** Opens a page and looks at it. */
  async open(name: string, path: string): Promise<void> {
    await this.goTo(path);
    await this.look(name);
  }

  /** Opens a page that is refused. */
  async openRefused(name: string, path: string): Promise<void> {
    await this.goTo(path);
    await this.lookRefused(name);
  }

  /** Presses what leads to another page, and waits for it. */
  async press(button: Locator | string): Promise<void> {
    const one = typeof button === 'string' ? this.page.locator(button).first() : button;
    await Promise.all([this.page.waitForEvent('load'), one.click()]);
  }

  /** Looks at the page that is there, and expects one that refuses nothing. */
  async look(name: string): Promise<void> {
    if (this.isRefusal) this.found.push(`${name}: it is refused`);
    await this.examine(name);
  }

  /** Looks at a page that says what was wrong. */
  async lookRefused(name: string): Promise<void> {
    if (!this.isRefusal) this.found.push(`${name}: nothing is refused`);
    await this.examine(name);
  }

  /** Makes sure that an address shows no page: it leads to another at once, or is a download. */
  async leadsOn(path: string): Promise<void> {
    const response = await this.page.context().request.get(this.home + path, { maxRedirects: 0 });
    const isElsewhere = response.status() === 303 || (response.headers()['content-disposition'] ?? '').startsWith('attachment');
    if (!isElsewhere) this.found.push(`${path}: answers ${String(response.status())}, and nobody looked at it`);
    this.routesLeft.delete(routeOf(path, this.routes) ?? '');
  }

  /** The pages that were not looked at: routes, and titles of pages that have no route of their own. */
  unseen(): string[] {
    return [...this.routesLeft, ...this.titlesLeft.map(({ name }) => name)];
  }

  async leave(): Promise<void> {
    await this.page.context().close();
  }

  private async changeWindow(): Promise<void> {
    const left = this.window;
    this.window = await left.context().newPage();
    this.listen();
    await left.close();
  }

  private listen(): void {
    const { window } = this;
    this.shownHere = 0;
    window.on('response', (response) => {
      if (!response.request().isNavigationRequest() || response.frame() !== window.mainFrame()) return;
      this.answer = response;
      this.shownHere += 1;
    });
  }

  private get isRefusal(): boolean {
    return (this.answer?.status() ?? 0) >= 400;
  }

  private async examine(name: string): Promise<void> {
    this.seen.push(name);
    const direction = await this.page.locator('html').getAttribute('dir');
    if (direction !== (this.language === 'ar' ? 'rtl' : 'ltr')) this.found.push(`${name}: written ${direction ?? 'nowhere'}`);
    // axe passes over what is folded.
    await this.page.evaluate('document.querySelectorAll("details").forEach((one) => (one.open = true))');
    const first = [this.isFirstOfRoute(), await this.isFirstOfTitle(), await this.hasNewParts()];
    for (const width of this.widthsFromHere()) {
      await this.page.setViewportSize({ width, height: 800 });
      // Of width and direction of writing two of four are looked at: all would cost minutes.
      if (first.includes(true) && (width === 320) === (this.language === 'ar')) await this.ask(`${name} at ${String(width)}`);
      await this.measure(`${name} at ${String(width)}`);
    }
  }

  /** The width that the window has comes first: each change lays the whole page out anew. */
  private widthsFromHere(): readonly number[] {
    const here = this.page.viewportSize()?.width;
    return [...widths].sort((one, other) => Number(other === here) - Number(one === here));
  }

  /** What was refused, or answers a form, is not the page of its address. */
  private isFirstOfRoute(): boolean {
    if (this.answer?.status() !== 200 || this.answer.request().method() !== 'GET') return false;
    return this.routesLeft.delete(routeOf(new URL(this.page.url()).pathname, this.routes) ?? '');
  }

  private async isFirstOfTitle(): Promise<boolean> {
    const title = await this.page.title();
    const before = this.titlesLeft.length;
    this.titlesLeft = this.titlesLeft.filter(({ isSaid }) => !isSaid(title));
    return this.titlesLeft.length < before;
  }

  private async hasNewParts(): Promise<boolean> {
    const before = this.partsAsked.size;
    for (const part of await this.page.evaluate<string[]>(partsOfPage)) this.partsAsked.add(part);
    return this.partsAsked.size > before;
  }

  private async ask(name: string): Promise<void> {
    const { violations } = await this.page.evaluate<AxeResults>(`axe.run(document, ${JSON.stringify(rules)})`);
    for (const { id, nodes } of violations) this.found.push(`${name}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  }

  private async measure(name: string): Promise<void> {
    const overflow = await this.page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    if (overflow > 0) this.found.push(`${name}: ${String(overflow)} px wider than the window`);
  }
}
