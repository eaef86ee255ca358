import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

describe('a case whose key does not open', () => {
  it.each([
    ['en', 'This does not open', 'Ask an administrator, who sees damaged keys under “Set aside”'],
    ['ar', 'تعذّر فتح هذا', '«ما تُرك جانبًا»'],
  ])('says so to whoever wants to read it, and whom to ask: %s', async (language, title, whom) => {
    const { given } = rooms();
    const { reference } = await given.filed();
    await given.owner.query(
      `UPDATE case_key_grant SET sealed_key = set_byte(sealed_key, 40, get_byte(sealed_key, 40) # 1)
       WHERE holder_kind = 'team' AND case_id = (SELECT id FROM case_file WHERE reference = $1)`,
      [reference],
    );
    const officer = await Colleague.signedIn(rooms());
    const { status, text } = await officer.open(`/cases/${reference}?lang=${language}`);
    expect(status).toBe(500);
    expect(text).toContain(title);
    expect(text).toContain(whom);
    expect(text).toMatch(/[0-9a-f]{8}/);
  });
});
