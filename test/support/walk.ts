import type { Page } from 'playwright-core';
import type { House } from './house';
import type { Inspector } from './inspector';

/** Somebody who goes from page to page of a house and looks at each. */
export interface Walk {
  readonly inspector: Inspector;
  readonly house: House;
}

/** The addresses of the links, each once. */
export async function hrefs(page: Page, selector: string): Promise<string[]> {
  const all = await page
    .locator(selector)
    .evaluateAll((links) => links.map((link) => (link as unknown as { getAttribute(name: string): string }).getAttribute('href')));
  return [...new Set(all)];
}

/** Changes what a field holds in which nobody can type. */
export async function put(page: Page, field: string, value: string): Promise<void> {
  await page
    .locator(field)
    .first()
    .evaluate((one, given) => {
      Object.assign(one, { value: given });
    }, value);
}

/** Has a form bring a token that was never given. */
export async function loseToken(page: Page, form: string): Promise<void> {
  await put(page, `${form} input[name="_csrf"]`, 'lost');
}

/** Looks while the database takes no connection of a process. */
export async function whileDatabaseIsAway(house: House, app: 'intake' | 'casework', look: () => Promise<void>): Promise<void> {
  const role = `recourse_${app}`;
  await house.query(`ALTER ROLE ${role} CONNECTION LIMIT 0`);
  try {
    await house.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [role]);
    await look();
  } finally {
    await house.query(`ALTER ROLE ${role} CONNECTION LIMIT -1`);
  }
}

/** Looks while a page meets what nobody has thought of. */
export async function whileSomethingIsBroken(house: House, look: () => Promise<void>): Promise<void> {
  await house.query('ALTER TABLE evidence_file RENAME TO evidence_file_gone');
  try {
    await look();
  } finally {
    await house.query('ALTER TABLE evidence_file_gone RENAME TO evidence_file');
  }
}

/**
 * Sends what no form of ours sends: more than anything may be, and in another shape.
 * @param open shows the page with the form of the field
 */
export async function sendStrangely(
  inspector: Inspector,
  { open, field }: { readonly open: () => Promise<void>; readonly field: string },
): Promise<void> {
  const { page } = inspector;
  const form = page.locator('form').filter({ has: page.locator(`[name="${field}"]`) });
  await open();
  // In a field that a browser need not draw: in one of many lines it takes half a minute.
  await page.evaluate(`{
    const hidden = Object.assign(document.createElement('input'), { type: 'hidden', name: '${field}', value: 'They came. '.repeat(200_000) });
    document.querySelector('[name="${field}"]').replaceWith(hidden);
  }`);
  await inspector.press(form.locator('button').first());
  await inspector.lookRefused('too large');
  await open();
  await form.evaluate((one) => {
    Object.assign(one, { enctype: 'multipart/form-data' });
  });
  await inspector.press(form.locator('button').first());
  await inspector.lookRefused('in a shape that is not read');
}

/** Presses the button of a form that has no fields, with one. */
export async function sendMore(inspector: Inspector, form: string): Promise<void> {
  const field = '<input type="hidden" name="more" value="1">';
  await inspector.page.evaluate(
    `document.querySelector(${JSON.stringify(form)}).insertAdjacentHTML('beforeend', ${JSON.stringify(field)})`,
  );
  await inspector.press(`${form} button`);
  await inspector.lookRefused('with a field that the form does not have');
}
