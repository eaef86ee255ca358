import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

describe('the page of a case', () => {
  it('says in one line how often one person opened it, although the record has every time', async () => {
    const { reference } = await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    await officer.open(`/cases/${reference}`);
    await officer.open(`/cases/${reference}`);
    const page = await officer.open(`/cases/${reference}`);
    expect(page.text.match(/The case was opened and read/g)).toHaveLength(1);
    expect(page.text).toContain('The case was opened and read 3 times');
    expect(page.text).toMatch(/First on [^<]*, last on [^<]*</);
  });
});
