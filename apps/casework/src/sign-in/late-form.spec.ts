import { lateForm, pageOf } from './late-form';

const CASE = '/cases/RC-12345-67890';
const ACTION = `${CASE}/tracks/0b1c/actions/close_without_remedy`;

/** What is kept of a form with these fields; `answer`, `assigneeId` and `outcome` are not written by anybody. */
function kept(path: string, fields: Readonly<Record<string, string>>) {
  const all = Object.entries(fields).map(([name, value]) => ({ name, value }));
  const written = all.filter(({ name }) => /^(body|reason|message|input_)/.test(name)).map(({ value }) => value);
  return lateForm(path, { all, written, complete: true });
}

describe('a form that came when the session was over', () => {
  it('can be sent as it is when it is a message, which is shown whole', () => {
    expect(kept(`${CASE}/messages`, { body: 'words', clientKey: 'k' })).toMatchObject({ kind: 'message', reference: 'RC-12345-67890' });
    for (const path of [`${CASE}/messages?x=1`, `${CASE}/Messages`, `${CASE}/messages/`]) {
      expect(kept(path, { body: 'words', clientKey: 'k' })).toMatchObject({ kind: 'text', path: CASE, fields: [] });
    }
    expect(kept(`${CASE}/messages`, { body: 'words', answer: 'agree' })).toMatchObject({ kind: 'text', fields: [] });
  });

  it('is shown as a form again when it is an action, and nothing of it is kept when nobody wrote anything', () => {
    expect(kept(ACTION, { seenRevision: '1', outcome: 'founded', reason: 'why' })).toMatchObject({ kind: 'action', written: ['why'] });
    expect(kept(ACTION, { seenRevision: '1', outcome: 'founded' })).toBeUndefined();
    expect(pageOf(ACTION)).toBe(ACTION);
  });

  it('never keeps an answer to a request for a second person, or who works on a case or a team: the words alone', () => {
    expect(kept(`${CASE}/approvals/1`, { answer: 'agree' })).toBeUndefined();
    expect(kept(`${CASE}/approvals/1`, { answer: 'decline', reason: 'why' })).toMatchObject({
      kind: 'text',
      path: CASE,
      fields: [],
      written: ['why'],
    });
    expect(kept(`${CASE}/tracks/0b1c/assign`, { assigneeId: 'x', seenRevision: '1' })).toBeUndefined();
    expect([pageOf('/teams/desk/members/add'), pageOf('/set-aside/mail/1'), pageOf('//elsewhere.example')]).toEqual([
      '/teams/desk',
      '/set-aside',
      '/',
    ]);
  });
});
