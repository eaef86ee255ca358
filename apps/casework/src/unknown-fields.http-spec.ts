import { Colleague, staffRooms } from '../test-support/staff-rooms';

const rooms = staffRooms();
const NO_ONE = '00000000-0000-7000-8000-000000000000';

describe('a form without fields', () => {
  it.each([
    ['officer', '/sign-out'],
    ['supervisor', '/teams/desk/case-keys'],
    ['supervisor', `/teams/desk/members/${NO_ONE}/take-off`],
    ['administrator', `/set-aside/clock/${NO_ONE}`],
  ])('of the %s at %s refuses one that it does not have, and does nothing', async (signInName, path) => {
    const colleague = await Colleague.signedIn(rooms(), signInName);
    await colleague.open('/account');
    const refused = await colleague.post(path, { zz: '1' });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('We could not read what was sent');
    expect((await colleague.open('/account')).status).toBe(200);
    expect((await colleague.post(path, {})).status).not.toBe(400);
  });
});
