import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

/** A case whose first clock the machine gave up. */
async function givenUp(): Promise<{ readonly reference: string; readonly path: string }> {
  const { reference, trackId } = await rooms().given.filed();
  const [row] = await rooms().given.owner.query<[{ id: string }[], number]>(
    `UPDATE deadline SET set_aside_at = '2026-03-02T08:00:00Z', failure_count = 5, last_error_code = 'sqlstate_23514'
     WHERE id = (SELECT id FROM deadline WHERE track_id = $1 AND kind = 'acknowledge') RETURNING id`,
    [trackId],
  );
  return { reference, path: `/set-aside/clock/${row[0]?.id ?? ''}` };
}

describe('what was set aside', () => {
  it('is the first page of an administrator, with what, the case, since when, how often and why, and no way into the case', async () => {
    const { reference, path } = await givenUp();
    const administrator = new Colleague(rooms());
    await administrator.open('/sign-in');
    const entered = await administrator.post('/sign-in', { signInName: 'administrator', password: 'correct horse battery staple' });
    expect([entered.status, entered.headers['location']]).toEqual([303, '/set-aside']);
    const { status, text } = await administrator.open('/set-aside');
    expect(status).toBe(200);
    const row = text.split('<tr').find((one) => one.includes(reference)) ?? '';
    expect(textOf(row)).toMatch(/Acknowledge \(time limit\) RC-\S+ 2 March 2026.* 5 sqlstate_23514 Try again/);
    expect(row).toContain(`action="${path}"`);
    expect(text).not.toContain('href="/cases');
    expect(text).toContain('<a href="/set-aside" aria-current="page"');
  });

  it('is tried again by a form, says so, and stands in the record that the desk reads', async () => {
    const { reference, path } = await givenUp();
    const administrator = await Colleague.signedIn(rooms(), 'administrator');
    await administrator.open('/set-aside');
    const tried = await administrator.post(path, {});
    expect([tried.status, tried.headers['location']]).toEqual([303, '/set-aside?done=tried']);
    const { text } = await administrator.open('/set-aside?done=tried');
    expect(text).toContain('It will be tried again within a minute.');
    expect(text).not.toContain(reference);
    const officer = await Colleague.signedIn(rooms());
    expect(textOf((await officer.open(`/cases/${reference}`)).text)).toContain('The machine was told to try again what it had given up');
  });

  it('is explained when somebody was faster, with what is set aside now', async () => {
    const { path } = await givenUp();
    const other = await givenUp();
    const administrator = await Colleague.signedIn(rooms(), 'administrator');
    await administrator.open('/set-aside');
    await administrator.post(path, {});
    const refused = await administrator.post(path, {});
    expect(refused.status).toBe(409);
    expect(textOf(refused.text)).toContain('Nothing was done: this is not set aside any more.');
    expect(refused.text).toContain(other.reference);
    const again = await administrator.open(path);
    expect([again.status, again.headers['location']]).toEqual([303, '/set-aside']);
  });

  it('is not tried again without the token of the form, nor by a path that names nothing', async () => {
    const { reference, path } = await givenUp();
    const administrator = await Colleague.signedIn(rooms(), 'administrator');
    expect((await administrator.agent.post(path).type('form').send({})).status).toBe(403);
    await administrator.open('/set-aside');
    expect((await administrator.post('/set-aside/case/x', {})).status).toBe(404);
    expect((await administrator.post('/set-aside/task/x', {})).status).toBe(409);
    expect((await administrator.open('/set-aside')).text).toContain(reference);
  });

  it('tells of a case key that did not open what to do about it, and has it tried again by the team', async () => {
    const { given } = rooms();
    const { reference } = await given.filed();
    const [rows] = await given.owner.query<[{ id: string }[], number]>(
      `UPDATE case_key_grant SET set_aside_at = now() WHERE holder_kind = 'team' AND case_id = (SELECT id FROM case_file WHERE reference = $1) RETURNING id`,
      [reference],
    );
    const officer = await Colleague.signedIn(rooms());
    expect((await officer.open('/teams/desk')).text).toContain('The key of one case could not be opened, and was set aside as it is.');
    expect((await officer.open('/teams/desk?done=resealed')).text).toContain('except what is named below');
    const administrator = await Colleague.signedIn(rooms(), 'administrator');
    const { text } = await administrator.open('/set-aside');
    const row = text.split('<tr').find((one) => one.includes(reference)) ?? '';
    expect(textOf(row)).toMatch(/desk \(the team’s key of the case\) RC-\S+ .* 1 key_cannot_be_opened Try again/);
    expect(textOf(text)).toContain('have its row in case_key_grant restored');
    expect(textOf((await administrator.open('/set-aside?lang=ar')).text)).toContain('مفتاح قضية تعذر فتحه');
    await administrator.open('/set-aside?lang=en');
    const tried = await administrator.post(`/set-aside/case_key/${rows[0]?.id ?? ''}`, {});
    expect([tried.status, tried.headers['location']]).toEqual([303, '/set-aside?done=key_tried']);
    expect((await administrator.open('/set-aside?done=key_tried')).text).toContain('Somebody on the team has the keys');
    expect((await officer.open('/teams/desk')).text).not.toContain('could not be opened');
  });

  it('is there in Arabic', async () => {
    await givenUp();
    const administrator = await Colleague.signedIn(rooms(), 'administrator');
    const { text } = await administrator.open('/set-aside?lang=ar');
    expect(text).toContain('dir="rtl"');
    expect(textOf(text)).toContain('أعد المحاولة');
  });

  it.each(['officer', 'supervisor', 'director'])('is refused to the %s, and not linked', async (signInName) => {
    const { path } = await givenUp();
    const colleague = await Colleague.signedIn(rooms(), signInName);
    expect((await colleague.open('/cases')).text).not.toContain('/set-aside');
    expect((await colleague.open('/set-aside')).status).toBe(403);
    expect((await colleague.post(path, {})).status).toBe(403);
  });
});
