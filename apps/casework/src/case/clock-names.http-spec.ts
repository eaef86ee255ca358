import { PublishProcedure } from '@recourse/cases';
import { remedyText, type GivenCase } from '@recourse/testing';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

/** A case that begins on rules of the institution's own, whose first clock has a code and a name that no other procedure has. */
async function onRulesOfItsOwn(): Promise<GivenCase> {
  const { owner, institution } = rooms().given;
  const text = (await remedyText())
    .replace(/^version: .*$/m, 'version: 2')
    .replace(/^ {6}acknowledge:\n.*$/m, '      first_word:\n        name: { en: Write to them for the first time, ar: اكتب إليه أول مرة }');
  const published = await new PublishProcedure(owner, institution.rules).run({
    text,
    fileName: 'remedy.yaml',
    staffing: 'to_come',
    now: new Date(),
  });
  expect(published).toMatchObject({ ok: true });
  return rooms().given.filed();
}

describe('a clock of rules that do not ship with Recourse', () => {
  let filed: GivenCase;
  beforeAll(async () => {
    filed = await onRulesOfItsOwn();
  });

  it.each([
    ['en', 'Write to them for the first time'],
    ['ar', 'اكتب إليه أول مرة'],
  ])('is called on the case, in its record and on the board what its procedure calls it: %s', async (language, name) => {
    const supervisor = await Colleague.signedIn(rooms(), 'supervisor');
    const page = (await supervisor.open(`/cases/${filed.reference}?lang=${language}`)).text;
    expect(page).toContain(`<strong>${name}</strong>`);
    expect(textOf(page.slice(page.indexOf('moj-timeline')))).toContain(`: ${name}`);
    const board = (await supervisor.open('/board?show=unheld')).text;
    expect(board.split('<tr').find((row) => row.includes(filed.reference))).toContain(name);
    expect(`${page}${board}`).not.toMatch(/first[_ ]word/);
  });

  it('is called so in the answers of the API', async () => {
    const supervisor = await Colleague.signedIn(rooms(), 'supervisor');
    const name = { en: 'Write to them for the first time', ar: 'اكتب إليه أول مرة' };
    const opened = await supervisor.agent.get(`/api/v1/cases/${filed.reference}`);
    expect(opened.body).toMatchObject({ tracks: [{ clocks: [{ kind: 'first_word', name }] }] });
    const board = await supervisor.agent.get('/api/v1/board?show=unheld');
    expect(board.body).toMatchObject({ items: [{ due: { clock: 'first_word', clockName: name } }] });
  });
});
