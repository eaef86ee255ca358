import { publicDoor, Visitor } from '../../test-support/public-door';

// East of every shipped calendar: the end of a day in Riyadh or Geneva is the next day there.
const door = publicDoor({ timeZone: 'Asia/Manila' });

describe('the date by which the institution wants to be done', () => {
  it.each([
    ['gulf', '2031-01-14T20:59:59.999Z'],
    ['geneva', '2031-01-14T22:59:59.999Z'],
  ])('is the last day as the calendar counts it, with the receipt, in the complaint and in the API: %s', async (calendar, at) => {
    const visitor = new Visitor(door());
    await visitor.file('The guards came at six in the morning.');
    await visitor.follow();
    const { receipt } = visitor;
    await door().owner.query('UPDATE deadline SET calendar = $1, due_at = $2', [calendar, at]);
    await door().owner.query('UPDATE track SET next_due_at = $1', [at]);
    await visitor.open('/receipt');
    expect(visitor.text).toContain('This should be done by 14 January 2031.');
    await visitor.open('/return');
    await visitor.press({ number: receipt });
    await visitor.follow();
    expect(visitor.text).toContain('This should be done by 14 January 2031.');
    const answer = await fetch(`${door().url}/api/v1/complaint`, { headers: { authorization: `Receipt ${receipt}` } });
    expect(((await answer.json()) as { tracks: object[] }).tracks).toMatchObject([{ nextDueAt: at, nextDueOn: '2031-01-14' }]);
  });

  /** Somebody who has complained, whose clock runs out at this instant by the calendar of Geneva, and sees their complaint. */
  async function seen(
    at: string,
    isPausedBeside = false,
    clock = 'acknowledge',
    language = 'en',
  ): Promise<{ readonly page: string; readonly track: object | undefined }> {
    const visitor = new Visitor(door());
    await visitor.file('The guards came at six in the morning.');
    await visitor.follow();
    const { receipt } = visitor;
    const { owner } = door();
    await owner.query(`UPDATE deadline SET calendar = 'geneva', due_at = $1, kind = $2`, [at, clock]);
    await owner.query('UPDATE track SET next_due_at = $1', [at]);
    if (isPausedBeside) {
      await owner.query(
        `INSERT INTO deadline (id, track_id, case_id, kind, stage, calendar, calendar_version, started_at, due_at, extensions, level, failure_count, state,
                               paused_at, pause_reason_code, remaining_ms)
         SELECT gen_random_uuid(), track_id, case_id, 'decide_admissibility', stage, calendar, calendar_version, started_at, due_at, 0, 0, 0, 'paused',
                started_at, 'ask_for_information', 86400000 FROM deadline`,
      );
    }
    await visitor.open('/return');
    await visitor.press({ number: receipt });
    await visitor.follow();
    if (language !== 'en') await visitor.open(`/my-complaint?lang=${language}`);
    const answer = await fetch(`${door().url}/api/v1/complaint`, { headers: { authorization: `Receipt ${receipt}` } });
    return { page: visitor.text, track: ((await answer.json()) as { tracks: object[] }).tracks[0] };
  }

  it('is there while another clock is paused: by when an answer is expected, and that a person looks at it then', async () => {
    const { page, track } = await seen('2031-01-14T22:59:59.999Z', true);
    expect(page).toContain('The time limit is paused, because we are waiting for something.');
    expect(page).toContain('The next date is 14 January 2031. If we asked you something, please answer by then.');
    expect(page).not.toContain('This should be done by');
    expect(track).toMatchObject({ paused: true, late: false, nextDueOn: '2031-01-14' });
  });

  it('says that it has passed, and that one can write', async () => {
    const { page, track } = await seen('2021-01-14T22:59:59.999Z');
    expect(page).toContain('This should have been done by 14 January 2021. It is late. You can write to us and ask why.');
    expect(page).not.toContain('This should be done by');
    expect(track).toMatchObject({ paused: false, late: true });
    const waiting = await seen('2021-01-14T22:59:59.999Z', true);
    expect(waiting.page).toContain('This date has passed: 14 January 2021.');
  });

  it('says what is done by then where the procedure says it to the public', async () => {
    const waiting = await seen('2031-01-14T22:59:59.999Z', true, 'await_answer');
    expect(waiting.page).toContain('We wait for your answer, until 14 January 2031. After that, a person looks at what can be done.');
    expect(waiting.page).not.toContain('The next date is');
    expect(waiting.track).toMatchObject({ nextDueName: { en: 'We wait for your answer', ar: 'ننتظر جوابك' } });
    expect((await seen('2021-01-14T22:59:59.999Z', true, 'await_answer')).page).toContain('The date for it has passed: 14 January 2021.');
    expect((await seen('2031-01-14T22:59:59.999Z', false, 'await_answer')).page).toContain(
      'We wait for your answer: 14 January 2031 at the latest.',
    );
    expect((await seen('2021-01-14T22:59:59.999Z', false, 'await_answer')).page).toContain(
      'The last day for it was 14 January 2021. We are late.',
    );
    expect((await seen('2031-01-14T22:59:59.999Z', true, 'await_answer', 'ar')).page).toMatch(/ننتظر جوابك حتى \W*14 يناير 2031/);
    const plain = await seen('2031-01-14T22:59:59.999Z');
    expect(plain.track).not.toHaveProperty('nextDueName');
    expect(plain.page).not.toContain('It was not kept');
  });

  it('says that the first date was not kept, where a clock ran out and was given more time', async () => {
    const visitor = new Visitor(door());
    await visitor.file('The guards came at six in the morning.');
    await visitor.follow();
    const { receipt } = visitor;
    const { owner } = door();
    await owner.query(
      `UPDATE deadline SET calendar = 'geneva', due_at = '2031-01-14T22:59:59.999Z', missed_at = '2030-12-20T22:59:59.999Z'`,
    );
    await owner.query(`UPDATE track SET next_due_at = '2031-01-14T22:59:59.999Z'`);
    await visitor.open('/return');
    await visitor.press({ number: receipt });
    await visitor.follow();
    expect(visitor.text).toContain(
      'This should be done by 14 January 2031. The first date for this was 20 December 2030. It was not kept.',
    );
    await visitor.open('/my-complaint?lang=ar');
    expect(visitor.text).toMatch(/كان الموعد الأول لذلك \W*20 ديسمبر 2030\W*، ولم يُحترم ذلك الموعد/);
    const asked = () => fetch(`${door().url}/api/v1/complaint`, { headers: { authorization: `Receipt ${receipt}` } });
    expect(((await (await asked()).json()) as { tracks: object[] }).tracks).toMatchObject([{ missedOn: '2030-12-20', late: false }]);

    // What waits for the complainant: it is not their answer whose date was not kept.
    await owner.query(
      `UPDATE deadline SET state = 'paused', paused_at = started_at, pause_reason_code = 'ask_for_information', remaining_ms = 86400000, next_fire_at = NULL`,
    );
    await owner.query('UPDATE track SET next_due_at = NULL');
    await visitor.open('/my-complaint?lang=en');
    expect(visitor.text).toContain('because we are waiting for something. The first date for that was 20 December 2030. It was not kept.');
    expect(visitor.text).not.toContain('for this was');
    const [track] = ((await (await asked()).json()) as { tracks: object[] }).tracks;
    expect(track).toMatchObject({ paused: true, pausedMissedOn: '2030-12-20' });
    expect(track).not.toHaveProperty('missedOn');
  });

  it('has an hour where the clock counts hours', async () => {
    const { page, track } = await seen('2031-01-14T12:30:00.000Z');
    expect(page).toContain('This should be done by 14 January 2031 at 20:30.');
    expect(track).toMatchObject({ nextDueWithinTheDay: true });
  });
});
