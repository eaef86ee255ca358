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

/** Chooses a file that holds a text, in the only field for one. */
export async function chooseFile(page: Page, name: string, text: string): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
}

/** Has a form bring a token that was never given. */
export async function loseToken(page: Page, form: string): Promise<void> {
  await put(page, `${form} input[name="_csrf"]`, 'lost');
}

/** Whatever the server gives this browser in this step, it keeps nothing. */
export async function forgetfully(inspector: Inspector, step: () => Promise<void>): Promise<void> {
  await inspector.page.context().clearCookies();
  await step();
  await inspector.page.context().clearCookies();
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
  await house.query('ALTER TABLE message RENAME TO message_gone');
  try {
    await look();
  } finally {
    await house.query('ALTER TABLE message_gone RENAME TO message');
  }
}

/** Looks while the rules of one case are not what was published: a version that no process has read yet. */
export async function whileRulesAreDamaged(house: House, reference: string, look: () => Promise<void>): Promise<void> {
  const [damaged] = await house.query<{ id: string }>(
    `INSERT INTO procedure_version (id, procedure, version, content_hash, document, published_at)
     SELECT gen_random_uuid(), 'damaged', 1, content_hash, document || '# x', published_at FROM procedure_version LIMIT 1 RETURNING id`,
  );
  const tracks = await house.query<{ id: string; pinned: string }>(
    'SELECT t.id, t.procedure_version_id AS pinned FROM track t JOIN case_file f ON f.id = t.case_id WHERE f.reference = $1',
    [reference],
  );
  const pin = 'UPDATE track SET procedure_version_id = $2 WHERE id = $1';
  for (const { id } of tracks) await house.query(pin, [id, damaged?.id]);
  try {
    await look();
  } finally {
    for (const { id, pinned } of tracks) await house.query(pin, [id, pinned]);
    await house.query('ALTER TABLE procedure_version DISABLE TRIGGER procedure_version_refuse_change');
    await house.query('DELETE FROM procedure_version WHERE id = $1', [damaged?.id]);
    await house.query('ALTER TABLE procedure_version ENABLE ALWAYS TRIGGER procedure_version_refuse_change');
  }
}

/** A bit of a sealed key, as a team holds that of a case and a member that of a team; done twice, it is as it was. */
const damaging = {
  case: `UPDATE case_key_grant SET sealed_key = set_byte(sealed_key, 40, get_byte(sealed_key, 40) # 1)
         WHERE holder_kind = 'team' AND case_id = (SELECT id FROM case_file WHERE reference = $1)`,
  team: `UPDATE team_member SET sealed_team_key = set_byte(sealed_team_key, 40, get_byte(sealed_team_key, 40) # 1)
         WHERE staff_id = (SELECT id FROM staff_member WHERE sign_in_name = $1)`,
} as const;

/**
 * Looks while a key does not open. That it was set aside is still known afterwards, as when its row was restored from a backup.
 * @param whose reference of the case, or sign-in name of the member
 */
export async function whileKeyIsDamaged(house: House, of: keyof typeof damaging, whose: string, look: () => Promise<void>): Promise<void> {
  await house.query(damaging[of], [whose]);
  try {
    await look();
  } finally {
    await house.query(damaging[of], [whose]);
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
  const form = () => inspector.page.locator('form').filter({ has: inspector.page.locator(`[name="${field}"]`) });
  await open();
  // In a field that a browser need not draw: in one of many lines it takes half a minute.
  await inspector.page.evaluate(`{
    const hidden = Object.assign(document.createElement('input'), { type: 'hidden', name: '${field}', value: 'They came. '.repeat(200_000) });
    document.querySelector('[name="${field}"]').replaceWith(hidden);
  }`);
  await inspector.press(form().locator('button').first());
  await inspector.lookRefused('too large');
  await open();
  await form().evaluate((one) => {
    Object.assign(one, { enctype: 'multipart/form-data' });
  });
  await inspector.press(form().locator('button').first());
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
