import {
  hrefs,
  loseToken,
  put,
  sendMore,
  sendStrangely,
  whileDatabaseIsAway,
  whileRulesAreDamaged,
  whileSomethingIsBroken,
  type Walk,
} from '../support/walk';
import { meetDamagedKeys, tryDamagedKeysAgain } from './damaged-keys';
import { caseInScreening } from './given-cases';
import { lookAtLongCase, type LongCase } from './long-case';
import { button, enter, guess, personOf, signIn } from './staff-door';

const message = '#messages form';

/** Looks at every page of the staff: lists, cases, actions, teams, what a second person answers, what an administrator sees, and what is not taken. */
export async function lookAtStaffPages(walk: Walk, longCase: LongCase): Promise<void> {
  await comeIn(walk);
  await readLists(walk);
  const cases = await readCases(walk);
  await lookAtLongCase(walk, longCase);
  const waiting = await askSecondPerson(walk);
  await beRefused(walk, cases[0] ?? '');
  await lookAfterTeam(walk);
  await answerAsSecondPerson(walk, waiting);
  await beAnOfficer(walk, waiting);
  await meetWhatIsNotTaken(walk, waiting);
  await meetDamagedKeys(walk, await comeTooLate(walk));
  await administer(walk);
}

async function comeIn(walk: Walk): Promise<void> {
  const { inspector } = walk;
  const { language } = inspector;
  await inspector.open('sign in', `/sign-in?lang=${language}`);
  await inspector.press(button);
  await inspector.lookRefused('sign in with nothing');
  await inspector.page.locator('input[name="signInName"]').fill('nobody-of-this-name');
  await inspector.page.locator('input[name="password"]').fill('not-this-one-either');
  await inspector.press(button);
  await inspector.lookRefused('sign in refused');
  await guess(walk, 'supervisor');
  await inspector.open('signed out after a while', '/sign-in?over=yes');
  await signIn(walk, 'supervisor');
  await inspector.open('first page', '/');
}

async function readLists(walk: Walk): Promise<void> {
  const { inspector } = walk;
  for (const part of ['all', 'new', 'mine', 'due', 'late', 'closed']) await inspector.open(`queue: ${part}`, `/cases?show=${part}`);
  await inspector.open('queue: a later page', `/cases?show=all&after=${await secondPageOf(walk, 'cases?show=all')}`);
  for (const part of ['late', 'coming', 'paused', 'unheld']) await inspector.open(`board: ${part}`, `/board?show=${part}`);
  // Until somebody asks for a second person.
  await inspector.goTo('/board?show=approvals');
  await lookAtNothing(walk, 'board: nothing in it');
  await inspector.open('board: a later page', `/board?show=unheld&after=${await secondPageOf(walk, 'board?show=unheld')}`);
  await inspector.open('procedures', '/procedures');
  for (const address of await hrefs(inspector.page, 'main a[href^="/procedures/"]')) await inspector.open(address, address);
  await inspector.press('main a[href^="?open=all"]');
  await inspector.look('a procedure, all of it');
}

/** Looks at a list that is there, and in which nothing is. */
async function lookAtNothing({ inspector }: Walk, name: string): Promise<void> {
  await inspector.page.locator('.rc-empty').waitFor();
  await inspector.look(name);
}

/** Where the second page would begin if the first one held a single line. */
async function secondPageOf({ inspector, house }: Walk, list: string): Promise<string> {
  const response = await inspector.page.context().request.get(`${house.casework}/api/v1/${list}${list.includes('?') ? '&' : '?'}limit=1`);
  const { next } = (await response.json()) as { next?: string };
  if (next === undefined) throw new Error(`There are not two lines in ${list}.`);
  return encodeURIComponent(next);
}

/** @returns the addresses of the cases */
async function readCases({ inspector }: Walk): Promise<string[]> {
  await inspector.goTo('/cases?show=all');
  const cases = await hrefs(inspector.page, 'tbody a[href^="/cases/"]');
  const actions = new Map<string, string>();
  for (const address of cases) {
    await inspector.open(`case ${String(cases.indexOf(address) + 1)}`, address);
    for (const action of await hrefs(inspector.page, 'a[href*="/actions/"]')) actions.set(action.split('/').at(-1) ?? '', action);
  }
  for (const [action, address] of actions) await inspector.open(`action ${action}`, address);
  return cases;
}

/**
 * Asks for a second person, in a case of its own.
 * @returns the address of the case, in which the question waits
 */
async function askSecondPerson(walk: Walk): Promise<string> {
  const { inspector, house } = walk;
  const { address } = await caseInScreening(walk, 'yes');
  await inspector.open('somebody is in danger', address);
  await inspector.leadsOn((await hrefs(inspector.page, 'a[href*="/files/"]'))[0] ?? '');
  const action = (await hrefs(inspector.page, 'a[href$="/actions/close_without_remedy"]'))[0] ?? '';
  await inspector.open('action not now', action.replace(/\w+$/, 'close_with_remedy'));
  await inspector.goTo(action);
  await inspector.press(button);
  await inspector.lookRefused('action refused');
  await inspector.page.locator('input[name="outcome"]').first().check();
  await inspector.page.locator('textarea[name="reason"]').fill('Nobody knows.');
  await inspector.page.locator('textarea[name="message"]').fill('We could not find out what happened.');
  await put(inspector.page, 'input[name="seenRevision"]', '0');
  await inspector.press(button);
  await inspector.lookRefused('action overtaken');
  await inspector.press(button);
  await inspector.look('a second person is asked');
  await house.query(
    `UPDATE approval_request SET requested_at = now() - interval '9 days', answer_due_at = now() - interval '2 days' WHERE state = 'waiting'`,
  );
  await inspector.open('board: approvals', '/board?show=approvals');
  await inspector.open('a second person is late', address);
  await put(inspector.page, '.rc-approval button', 'agree');
  await inspector.press('.rc-approval button');
  await inspector.lookRefused('one’s own second person');
  return address;
}

/** What the forms say that a supervisor meets. */
async function beRefused({ inspector }: Walk, address: string): Promise<void> {
  await inspector.goTo(address);
  await inspector.press(`${message} button`);
  await inspector.lookRefused('an empty message');
  const assign = (await inspector.page.locator('form.rc-assign').first().getAttribute('action')) ?? '';
  await inspector.leadsOn(`${address}/messages`);
  await inspector.open('assign', assign);
  await inspector.page.locator('select[name="assigneeId"]').selectOption({ index: 2 });
  // As if somebody had been faster.
  await put(inspector.page, 'input[name="seenRevision"]', '0');
  await inspector.press(button);
  await inspector.lookRefused('assign refused');
  await inspector.openRefused('no such case', '/cases/RC-00000-00000');
  await inspector.openRefused('not for supervisors', '/accounts');
  await inspector.open('account', '/account?done=password');
  await inspector.open('password', '/account/password');
  await inspector.press(button);
  await inspector.lookRefused('no password');
  await inspector.page.locator('input[name="currentPassword"]').fill('not-this-one-either');
  for (const field of ['newPassword', 'newPasswordAgain']) await inspector.page.locator(`input[name="${field}"]`).fill('one-that-is-new');
  await inspector.press(button);
  await inspector.lookRefused('another password');
}

/** Somebody is put on, taken off and put back. */
async function lookAfterTeam(walk: Walk): Promise<void> {
  const { inspector, house } = walk;
  await inspector.open('team', '/teams/desk');
  const others = await hrefs(inspector.page, 'a[href$="/take-off"]');
  await inspector.open('put on the team', '/teams/desk/members/add');
  await inspector.press(button);
  await inspector.lookRefused('put on the team with nothing');
  await inspector.page.locator('input[name="signInName"]').fill('nobody-of-this-name');
  await inspector.press(button);
  await inspector.lookRefused('nobody of this name');
  const [self] = await house.query<{ id: string }>('SELECT id FROM staff_member WHERE sign_in_name = $1', [
    personOf(walk, 'supervisor').signInName,
  ]);
  await inspector.goTo(`/teams/desk/members/${self?.id ?? ''}/take-off`);
  await inspector.press(button);
  await inspector.lookRefused('taking oneself off the team');
  await inspector.open('take off the team', others.at(-1) ?? '');
  await inspector.press(button);
  await inspector.look('taken off the team');
  await inspector.open('put back on the team', (await hrefs(inspector.page, 'a[href$="/put-back"]'))[0] ?? '');
  await inspector.press(button);
  await inspector.look('put back');
}

async function answerAsSecondPerson(walk: Walk, address: string): Promise<void> {
  const { inspector } = walk;
  await signIn(walk, 'director');
  await inspector.open('a second person may answer', address);
  await inspector.press('.rc-approval button[value="decline"]');
  await inspector.lookRefused('declined without a reason');
  await inspector.goTo(address);
  await inspector.press('.rc-approval button[value="agree"]');
  await inspector.look('agreed');
}

/** What is another's to do. */
async function beAnOfficer(walk: Walk, address: string): Promise<void> {
  const { inspector, house } = walk;
  const [other] = await house.query<{ id: string }>(`SELECT id FROM staff_member WHERE role = 'director'`);
  await signIn(walk, 'officer');
  await inspector.openRefused('not for officers', '/board');
  await inspector.open('another’s case', address);
  await inspector.open('another’s team', '/teams/desk');
  await inspector.open('not to put on', '/teams/desk/members/add');
  await inspector.open('not to take off', `/teams/desk/members/${other?.id ?? ''}/take-off`);
}

async function meetWhatIsNotTaken(walk: Walk, address: string): Promise<void> {
  const { inspector, house } = walk;
  const open = async () => {
    await inspector.goTo(address);
    await inspector.page.locator(`${message} textarea`).fill('เราอ่านเรื่องร้องเรียนของคุณแล้ว');
  };
  await sendStrangely(inspector, { open, field: 'body' });
  await inspector.goTo(address);
  await sendMore(inspector, 'form[action="/sign-out"]');
  await open();
  await loseToken(inspector.page, message);
  await inspector.press(`${message} button`);
  await inspector.lookRefused('a page of somebody else');
  await open();
  await inspector.page.context().clearCookies({ name: 'visit' });
  await inspector.press(`${message} button`);
  await inspector.lookRefused('a page that lost its token');
  await open();
  await whileSomethingIsBroken(house, async () => {
    await inspector.press(`${message} button`);
    await inspector.lookRefused('a message, and something is broken');
    await inspector.openRefused('something is broken', address);
  });
  await whileRulesAreDamaged(house, address.replace('/cases/', ''), async () => {
    await inspector.openRefused('rules that cannot be read', address);
    await inspector.open('a list with rules that cannot be read', '/cases?show=all');
    await inspector.open('procedures of which one cannot be read', '/procedures');
  });
  await open();
  await whileDatabaseIsAway(house, 'casework', async () => {
    await inspector.press(`${message} button`);
    await inspector.lookRefused('a message that is not stored');
    await inspector.openRefused('a list that cannot be shown', '/cases');
    await inspector.goTo('/sign-in');
    await enter(walk, 'officer');
    await inspector.lookRefused('nobody can sign in');
  });
  await open();
  await inspector.page.context().clearCookies({ name: 'session' });
  await inspector.press(`${message} button`);
  await inspector.lookRefused('a message of nobody');
  await signIn(walk, 'supervisor');
  await inspector.goTo('/account/password');
  await inspector.page.context().clearCookies({ name: 'session' });
  await inspector.press(button);
  await inspector.lookRefused('a password of nobody, which is not kept');
}

/**
 * The session ends while somebody writes.
 * @returns the address of the case
 */
async function comeTooLate(walk: Walk): Promise<string> {
  const { inspector, house } = walk;
  const { address, act } = await caseInScreening(walk, 'not_sure');
  const comeLate = async (what: string, form: string) => {
    await house.query(
      `UPDATE staff_session SET idle_at = now() - interval '1 minute' WHERE staff_id = (SELECT id FROM staff_member WHERE sign_in_name = $1)`,
      [personOf(walk, 'supervisor').signInName],
    );
    await inspector.press(`${form} button`);
    await inspector.lookRefused(`${what} that comes too late`);
    await enter(walk, 'supervisor');
  };
  const late = async (what: string, form: string) => {
    await comeLate(what, form);
    await inspector.look(`${what} that waits`);
  };
  await signIn(walk, 'supervisor');
  await inspector.goTo(address);
  await comeLate('a choice', 'form.rc-assign');
  await inspector.goTo(address);
  await inspector.page.locator(`${message} textarea`).fill('We have read it.');
  await late('a message', message);
  await inspector.goTo('/teams/desk/members/add');
  await inspector.page.locator('input[name="signInName"]').fill('somebody');
  await late('a name', 'main form');
  await inspector.goTo(address);
  await inspector.press('a[href$="/actions/close_without_remedy"]');
  await inspector.page.locator('textarea[name="reason"]').fill('Nobody knows.');
  await late('an action', 'main form');
  await inspector.press(button);
  await inspector.look('the action that waited');
  await inspector.page.locator('input[name="outcome"]').first().check();
  await inspector.page.locator('textarea[name="message"]').fill('We could not find out what happened.');
  await act('close_without_remedy', { outcome: 'not_substantiated', reason: 'Nobody knows.', message: 'Nobody knows.' });
  await inspector.press(button);
  await inspector.lookRefused('an action that cannot be done any more, and what was written for it');
  return address;
}

/** What an administrator sees; somebody else had the same thing tried again before. */
async function administer(walk: Walk): Promise<void> {
  const { inspector, house } = walk;
  await signIn(walk, 'administrator');
  await inspector.open('set aside: a later page', `/set-aside?after=${await secondPageOf(walk, 'set-aside')}`);
  await inspector.open('set aside', '/set-aside?done=tried');
  await tryDamagedKeysAgain(walk);
  const forms = 'form[action^="/set-aside/clock/"]';
  const clock = inspector.page.locator(forms).first();
  const path = (await clock.getAttribute('action')) ?? '';
  const setAside = await house.query<{ id: string }>('SELECT id FROM deadline WHERE set_aside_at IS NOT NULL');
  await house.query('UPDATE deadline SET set_aside_at = NULL WHERE id = $1', [path.split('/').at(-1)]);
  await inspector.press(clock.locator('button'));
  await inspector.lookRefused('tried again before');
  await inspector.press(`${forms} button`);
  await lookAtNothing(walk, 'set aside: nothing any more');
  await house.query('UPDATE deadline SET set_aside_at = now(), failure_count = 5 WHERE id = ANY ($1)', [setAside.map(({ id }) => id)]);
  await inspector.leadsOn(path);
  await inspector.open('accounts', '/accounts');
  await inspector.openRefused('not for administrators', '/board');
}
