import { PublishProcedure, RuleBook } from '@recourse/cases';
import type { CaseEventPayloads } from '@recourse/domain';
import { findLatestProcedureVersion } from '@recourse/persistence';
import { Given, remedyText, tampered, testDatabase } from '@recourse/testing';
import { ClockWords } from './clock-words';

const database = testDatabase();
let given: Given;
beforeAll(async () => {
  given = await Given.in(database);
}, 60_000);

/** Publishes the shipped procedure as it would be under another calendar, with another name for its first clock. */
async function underCalendar(calendar: string, version: number): Promise<string> {
  const text = (await remedyText())
    .replace(/^calendar: .*$/m, `calendar: ${calendar}`)
    .replace(/^version: .*$/m, `version: ${version}`)
    .replace('name: { en: Acknowledge, ar: تأكيد الاستلام }', 'name: { en: Write back, ar: اكتب إليه }');
  const { rules } = given.institution;
  const published = await new PublishProcedure(given.owner, rules).run({ text, fileName: 'remedy.yaml', now: new Date() });
  if (!published.ok) throw new Error('not published');
  return (await findLatestProcedureVersion(given.owner.manager, 'remedy'))?.id ?? '';
}

describe('what mails say about a clock', () => {
  it.each([
    ['gulf', 101, '2031-01-14T20:59:59.999Z'],
    ['geneva', 102, '2031-01-14T22:59:59.999Z'],
  ])('names the last day as the calendar counts it: %s', async (calendar, version, dueAt) => {
    const procedureVersionId = await underCalendar(calendar, version);
    const payload = { clock: 'acknowledge', stage: 'received', deadlineId: '', level: 0, dueAt, told: [] };
    const fired = { type: 'clock_ran_out', payload: payload satisfies CaseEventPayloads['clock_ran_out'] };
    const toSend = { events: [fired], track: { procedureVersionId } } as unknown as Parameters<ClockWords['about']>[1];
    // The zone of the installation is east of both: the end of the day is tomorrow there.
    const words = new ClockWords(given.institution.rules, 'Asia/Manila');
    const said = (language: string) => words.about(given.worker.manager, toSend, language);
    expect(await said('en')).toMatchObject({ clock: 'Write back', dueOn: 'January 14, 2031' });
    expect((await said('ar'))?.dueOn).toMatch(/14|١٤/);
    expect((await said('ar'))?.clock).toBe('اكتب إليه');
  });

  it('names it by its code when the rules were damaged after it fired: a mail comes all the same', async () => {
    const { trackId } = await given.filed();
    const [track] = await given.owner.query<object[]>(`SELECT procedure_version_id AS "procedureVersionId" FROM track WHERE id = $1`, [
      trackId,
    ]);
    const payload = {
      clock: 'decide_admissibility',
      stage: 'under_screening',
      deadlineId: '',
      level: 0,
      dueAt: '2031-01-14T12:00:00Z',
      told: [],
    };
    const events = [
      { type: 'clock_missed', payload: { levels: [0] } },
      { type: 'clock_ran_out', payload },
    ];
    const toSend = { events, track } as unknown as Parameters<ClockWords['about']>[1];
    await tampered(given.owner, 'calendar_version', `UPDATE calendar_version SET document = document || '# x'`, async () => {
      const said = await new ClockWords(new RuleBook(), 'Asia/Manila').about(given.worker.manager, toSend, 'en');
      expect(said).toEqual({
        stage: 'under screening',
        clock: 'decide admissibility',
        dueOn: 'January 14, 2031',
        missed: '- January 14, 2031',
      });
    });
  });
});
