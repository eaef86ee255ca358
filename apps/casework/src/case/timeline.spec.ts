import type { TimelineEntry } from '@recourse/cases';
import { CASE_EVENT_TYPES } from '@recourse/domain';
import { Languages } from '@recourse/web';
import { codeWords } from './code-word';
import { timelineRows, type TimelineRow } from './timeline';

const languages = Languages.load(['en', 'ar']);
const amina = { id: 'amina', displayName: 'Amina' };
const bernard = { id: 'bernard', displayName: 'Bernard' };

let seq = 0;
const entry = (over: Partial<TimelineEntry>): TimelineEntry => {
  seq += 1;
  const occurredAt = new Date(Date.UTC(2026, 2, 2, 9, seq));
  return { id: String(seq), seq, type: 'message_read', payload: {}, occurredAt, actorKind: 'staff', ...over };
};
const opening = (actor: typeof amina, payload: TimelineEntry['payload'] = { what: 'case' }): TimelineEntry =>
  entry({ type: 'sealed_content_opened', payload, actor });

const track = {
  vocabulary: [{ code: 'acknowledge', name: { en: 'Acknowledge it', ar: 'أكّد استلامها' }, inputs: [] }],
  stages: [{ code: 'eligibility', name: { en: 'Is it for us?', ar: 'هل هي من شأننا؟' } }],
};
const files = [{ id: 'f1', name: 'badge.jpg', receivedAt: new Date(0), sizeBytes: 1 }];

function rows(timeline: readonly TimelineEntry[], language = 'en'): TimelineRow[] {
  const say = languages.in(language);
  const view = { timeline, files, tracks: [track] } as unknown as Parameters<typeof timelineRows>[0];
  return timelineRows(view, language, say, codeWords(languages, say));
}

describe('the record as staff read it', () => {
  it('has one line for openings in a row by one person, with how often, the first and the last', () => {
    const openings = [opening(amina), opening(amina), opening(amina)];
    expect(rows(openings)).toMatchObject([
      { title: 'The case was opened and read 3 times', by: 'Amina', firstAt: openings[0]?.occurredAt, at: openings[2]?.occurredAt },
    ]);
    expect(rows(openings, 'ar')[0]?.title).toBe('فُتحت القضية وقُرئت 3 مرات');
  });

  it('has a line of its own for whoever opened it once, somebody else, and after anything happened in between', () => {
    const timeline = [opening(amina), opening(bernard), opening(amina), entry({ actor: amina }), opening(amina), opening(amina)];
    expect(rows(timeline).map(({ title, by }) => [title, by])).toEqual([
      ['The case was opened and read 2 times', 'Amina'],
      ['The other side read a message', 'Amina'],
      ['The case was opened and read', 'Amina'],
      ['The case was opened and read', 'Bernard'],
      ['The case was opened and read', 'Amina'],
    ]);
    expect(rows(timeline).map(({ firstAt }) => firstAt !== undefined)).toEqual([true, false, false, false, false]);
  });

  it('says from which version and which stage a case was moved to which', () => {
    const payload = { procedure: 'remedy', fromVersion: 1, toVersion: 3, from: 'first_look', to: 'eligibility' };
    const moved = (over: object, language = 'en') =>
      rows([entry({ type: 'track_moved_to_version', actorKind: 'system', payload: { ...payload, ...over } })], language)[0]?.details;
    expect(moved({})).toEqual([
      { label: 'Version of the rules', text: expect.stringMatching(/^.?3.? instead of .?1.?$/) as unknown },
      { label: 'Stage', text: expect.stringMatching(/Is it for us\?.* instead of .*first look/) as unknown },
    ]);
    expect(moved({ from: 'eligibility' })?.[1]?.text).toBe('Is it for us?');
    expect(moved({}, 'ar')?.[1]?.text).toMatch(/هل هي من شأننا؟.* بدلًا من .*first look/);
  });

  describe('of a clock', () => {
    const payload = { clock: 'acknowledge' };
    const on = (day: string, withinTheDay = false) => ({ at: new Date(`${day}T20:00:00Z`), on: day, withinTheDay });
    const name = { en: 'Write to them', ar: 'اكتب إليه' };
    const told = (type: string, news: Omit<NonNullable<TimelineEntry['clock']>, 'name'> = {}, more: object = {}, language = 'en') =>
      rows([entry({ type, payload: { ...payload, ...more }, clock: { name, ...news } })], language)[0];

    it('calls it as its procedure does in the language of the reader, and by its code where its row is gone', () => {
      expect(told('clock_started')?.title).toBe('Clock started: Write to them');
      expect(told('clock_started', {}, {}, 'ar')?.title).toContain('اكتب إليه');
      expect(rows([entry({ type: 'clock_started', payload: { clock: 'write_to_them' } })])[0]?.title).toBe('Clock started: write to them');
    });

    it.each(['clock_recomputed', 'clock_extended'])('says from which day to which one it moved: %s', (type) => {
      const [from, dueAt] = [on('2026-11-09'), on('2026-11-11')];
      expect(told(type, { from, dueAt })?.clock?.moved).toEqual({ from, to: dueAt });
      expect(told(type, { from, dueAt: from })?.clock?.moved).toBeUndefined();
    });

    it('says that it was paused until when, why, and what is left', () => {
      const clock = { until: on('2026-12-01'), remaining: { amount: 3, unit: 'working_days' as const } };
      expect(told('clock_paused', clock, { reason: 'acknowledge' })?.clock).toMatchObject({
        until: { on: '2026-12-01' },
        left: '3 working days',
        because: 'Acknowledge it',
      });
      expect(told('clock_paused', clock, { reason: 'track_opened' })?.clock?.because).toBeUndefined();
    });

    it('says what was missed while nothing ran', () => {
      expect(told('clock_missed', { missed: ['warning', 'warning', 'due', 'escalation'] })?.clock?.missed).toEqual([
        '2 warnings',
        'that the time had run out',
        'one step further up',
      ]);
    });

    it('says who was told, and for whom the board is enough', () => {
      expect(told('clock_escalated', { told: [amina], onBoard: [bernard] })?.clock).toMatchObject({
        told: ['Amina'],
        onBoard: ['Bernard'],
      });
    });

    it('does not say that the complainant was told: only the letter knows', () => {
      expect(told('clock_extended')?.title).toBe('More time was given: Write to them');
      expect(told('clock_extended', { from: on('2026-03-05') })?.title).toBe('More time was given: Write to them');
      expect(told('clock_extended', { from: on('2026-03-01') })?.title).toBe('More time was given after it had run out: Write to them');
      expect(told('clock_extended', { from: on('2026-03-01') }, {}, 'ar')?.title).toBe('مُنح وقت إضافي بعد انقضاء الموعد: اكتب إليه');
    });

    it('tells late from in time', () => {
      expect(told('clock_met', {}, { late: true })?.title).toBe('Done late: Write to them');
      expect(told('clock_met', {}, { late: false })?.title).toBe('Clock met: Write to them');
    });
  });

  it('tells the case from a file, and one file from another', () => {
    const file = (evidenceFileId: string) => opening(amina, { what: 'evidence_file', evidenceFileId });
    expect(rows([opening(amina), file('f1'), file('f1'), file('f2')]).map(({ title, details }) => [title, details])).toEqual([
      ['A file was opened', []],
      ['A file was opened 2 times', [{ label: 'File', text: 'badge.jpg' }]],
      ['The case was opened and read', []],
    ]);
  });

  it('never gathers anything but openings', () => {
    expect(rows([entry({ actor: amina }), entry({ actor: amina })])).toHaveLength(2);
  });

  it('names the action that was taken, by its code where the procedure no longer has it', () => {
    const acted = (action: string) => entry({ type: 'action_performed', payload: { action } });
    expect(rows([acted('close_case'), acted('acknowledge')]).map(({ title }) => title)).toEqual(['Acknowledge it', 'close case']);
    expect(rows([acted('acknowledge')], 'ar')[0]?.title).toBe('أكّد استلامها');
  });

  it.each(['en', 'ar'])('has a sentence for every event: %s', (language) => {
    const payload = { clock: 'acknowledge', action: 'acknowledge', what: 'case' };
    const titles = CASE_EVENT_TYPES.map((type) => rows([entry({ type, payload })], language)[0]?.title ?? '');
    expect(titles.filter((title) => title === '' || /_|\{/.test(title))).toEqual([]);
  });
});
