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

  it('says from which day to which one a clock moved with its calendar', () => {
    const payload = { clock: 'acknowledge', fromOn: '2026-11-09', dueOn: '2026-11-11' };
    expect(rows([entry({ type: 'clock_recomputed', payload })])[0]?.moved).toEqual({ from: '2026-11-09', to: '2026-11-11' });
    expect(rows([entry({ type: 'clock_recomputed', payload: { ...payload, dueOn: '2026-11-09' } })])[0]?.moved).toBeUndefined();
    expect(rows([entry({ type: 'clock_extended', payload })])[0]?.moved).toBeUndefined();
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
