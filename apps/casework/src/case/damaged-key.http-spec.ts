import { randomUUID } from 'node:crypto';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

/** A bit of what is sealed is turned over. @returns reference of the case */
async function damagedCase(table: 'case_key_grant' | 'intake_item', column: string): Promise<string> {
  const { given } = rooms();
  const { reference } = await given.filed();
  await given.owner.query(
    `UPDATE ${table} SET ${column} = set_byte(${column}, 40, get_byte(${column}, 40) # 1)
     WHERE case_id = (SELECT id FROM case_file WHERE reference = $1)`,
    [reference],
  );
  return reference;
}

describe('a case whose keys do not open', () => {
  let reference: string;
  beforeEach(async () => (reference = await damagedCase('case_key_grant', 'sealed_key')));

  it.each([
    ['en', 'This case does not open', 'who sees damaged keys under “Set aside”'],
    ['ar', 'تعذّر فتح هذه القضية', '«ما تُرك جانبًا»'],
  ])('says so to whoever wants to read it, and whom to ask: %s', async (language, title, whom) => {
    const { status, text } = await (await Colleague.signedIn(rooms())).open(`/cases/${reference}?lang=${language}`);
    expect(status).toBe(500);
    expect(text).toContain(title);
    expect(text).toContain(whom);
    expect(text).not.toContain('stored');
  });

  it('tells whoever writes in it to check', async () => {
    const officer = await Colleague.signedIn(rooms());
    const { status, text } = await officer.post(`/cases/${reference}/messages`, { body: 'We have read it.', clientKey: randomUUID() });
    expect(status).toBe(500);
    expect(text).toContain('Check before you send anything again');
    expect(text).toContain('We have read it.');
  });

  it('is a failure of ours to programs', async () => {
    const officer = await Colleague.signedIn(rooms());
    const { status, body } = await officer.agent.get(`/api/v1/cases/${reference}`);
    expect({ status, body: body as object }).toMatchObject({ status: 500, body: { code: 'failed' } });
  });
});

it('a case that opens, with content that does not, is not taken for one', async () => {
  const reference = await damagedCase('intake_item', 'sealed_answers');
  const { status, text } = await (await Colleague.signedIn(rooms())).open(`/cases/${reference}`);
  expect(status).toBe(500);
  expect(text).toContain('We cannot show this page');
});
