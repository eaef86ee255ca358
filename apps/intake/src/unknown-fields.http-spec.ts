import { publicDoor, Visitor } from '../test-support/public-door';

const door = publicDoor();

describe('a form without fields', () => {
  it.each(['/receipt/kept', '/my-complaint/leave'])('at %s refuses one that it does not have, and does nothing', async (path) => {
    const visitor = new Visitor(door());
    await visitor.file('They came at six.');
    await visitor.follow();
    const { receipt } = visitor;
    const { _csrf = '' } = visitor.hiddenFields();
    await visitor.post(path, { _csrf, zz: '1' });
    expect([visitor.status, visitor.text.includes('We could not read what was sent')]).toEqual([400, true]);
    expect((await visitor.open('/receipt')).receipt).toBe(receipt);
    await visitor.press();
    expect(visitor.headers.location).toBe('/receipt/done');
  });
});
