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
});
