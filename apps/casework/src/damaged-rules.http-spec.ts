import { PublishProcedure, RuleBook } from '@recourse/cases';
import { remedyText, tamperWith, type GivenCase } from '@recourse/testing';
import { Colleague, staffRooms } from '../test-support/staff-rooms';

const rooms = staffRooms();

const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const rowOf = ({ reference }: GivenCase, html: string): string => textOf(html.split('<tr').find((one) => one.includes(reference)) ?? '');

interface Listed {
  readonly items: readonly { readonly reference: string; readonly areRulesReadable: boolean; readonly stageName?: object }[];
}

describe('when a calendar was damaged that the rules of one case name and those of another do not', () => {
  let under: { readonly sound: GivenCase; readonly damaged: GivenCase };
  beforeAll(async () => {
    const { given } = rooms();
    const [now, filedAt] = [new Date(), new Date('2026-01-05T07:00:00Z')];
    const sound = await given.filed({ now: filedAt });
    const text = (await remedyText()).replace('calendar: geneva', 'calendar: gulf').replace('version: 1', 'version: 2');
    const document = { text, fileName: 'remedy.yaml', staffing: 'to_come', now } as const;
    const published = await new PublishProcedure(given.owner, new RuleBook()).run(document);
    if (!published.ok) throw new Error(JSON.stringify(published));
    under = { sound, damaged: await given.filed({ now: filedAt }) };
    await tamperWith(given.owner, 'calendar_version', `UPDATE calendar_version SET document = document || '# x' WHERE calendar = 'gulf'`);
  }, 60_000);

  it.each([
    ['en', /The rules cannot be read Tell whoever runs this installation\..* No date can be told Late/, /Received .* 12 January 2026 Late/],
    ['ar', /لا يمكن قراءة القواعد أخبر من يشغّل هذا النظام\..* لا يمكن ذكر أي موعد متأخر/, /واردة .* 12 يناير 2026 متأخر/],
  ])('the queue says so beside that case, and shows the other: %s', async (language, damaged, sound) => {
    const { status, text } = await (await Colleague.signedIn(rooms())).open(`/cases?show=all&lang=${language}`);
    expect(status).toBe(200);
    expect(rowOf(under.damaged, text)).toMatch(damaged);
    expect(rowOf(under.sound, text)).toMatch(sound);
  });

  it.each(['late', 'unheld'])('so does the board: %s', async (part) => {
    const { status, text } = await (await Colleague.signedIn(rooms(), 'supervisor')).open(`/board?show=${part}`);
    expect(status).toBe(200);
    expect(rowOf(under.damaged, text)).toMatch(/The rules cannot be read Tell whoever runs this installation\..* No date can be told/);
    expect(rowOf(under.sound, text)).toMatch(/Received .* Acknowledge .*2026 Late/);
  });

  it.each(['cases?show=all', 'board?show=late'])('programs are told the same: %s', async (path) => {
    const supervisor = await Colleague.signedIn(rooms(), 'supervisor');
    const { status, body } = (await supervisor.agent.get(`/api/v1/${path}`)) as { status: number; body: Listed };
    expect(status).toBe(200);
    const told = ({ reference }: GivenCase) => body.items.find((one) => one.reference === reference);
    expect(told(under.sound)).toMatchObject({ areRulesReadable: true, stageName: { en: 'Received' } });
    expect(told(under.damaged)).toMatchObject({ areRulesReadable: false });
    expect(told(under.damaged)).not.toHaveProperty('stageName');
  });

  it('the list of procedures shows every version, and those that can be read open', async () => {
    const officer = await Colleague.signedIn(rooms());
    const { status, text } = await officer.open('/procedures');
    expect(status).toBe(200);
    expect(text.match(/The rules cannot be read/g)).toHaveLength(1);
    expect((await officer.open('/procedures/remedy/1')).status).toBe(200);
    expect((await officer.open('/procedures/remedy/2')).status).toBe(503);
  });

  it.each([
    ['en', 'These rules cannot be read', 'Tell whoever runs this installation'],
    ['ar', 'لا يمكن قراءة هذه القواعد', 'اطلب ممن يشغّل هذا النظام'],
  ])('the page of that case says so in a sentence, and the other opens: %s', async (language, title, whomToTell) => {
    const officer = await Colleague.signedIn(rooms());
    expect((await officer.open(`/cases/${under.sound.reference}?lang=${language}`)).status).toBe(200);
    const { status, text } = await officer.open(`/cases/${under.damaged.reference}`);
    expect([status, text.includes(title), text.includes(whomToTell)]).toEqual([503, true, true]);
    const { status: refused, body } = await officer.agent.get(`/api/v1/cases/${under.damaged.reference}`);
    expect([refused, body]).toMatchObject([503, { code: 'rules_unreadable' }]);
  });
});
