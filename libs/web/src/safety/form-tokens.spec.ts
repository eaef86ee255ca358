import { createRequest, createResponse } from '../../test-support/requests';
import { FormTokens } from './form-tokens';
import { SessionCookies } from './session-cookies';

const cookies = new SessionCookies(true);
const tokens = new FormTokens(Buffer.alloc(32, 1), cookies);

/** The first page of a visit: its token, and the request that the browser sends next. */
function firstPage(): { token: string; next: ReturnType<typeof createRequest> } {
  const [req, res] = [createRequest(), createResponse()];
  const token = tokens.issue(req, res);
  const cookie = String(res.getHeader('set-cookie')).split(';')[0]!;
  return { token, next: createRequest({ cookie }) };
}

describe('form tokens', () => {
  it('belong to the visit in which they were given', () => {
    const { token, next } = firstPage();
    expect(tokens.verify(next, token)).toBe(true);
    expect(tokens.verify(firstPage().next, token)).toBe(false);
    expect(tokens.verify(createRequest(), token)).toBe(false);
  });

  it('look different in every page, and all of a visit count', () => {
    const { token, next } = firstPage();
    const later = tokens.issue(next, createResponse());
    expect(later).not.toBe(token);
    expect(tokens.verify(next, later)).toBe(true);
  });

  it('end with the visit', () => {
    const { token } = firstPage();
    const res = createResponse();
    tokens.renew(res);
    const renewed = createRequest({ cookie: String(res.getHeader('set-cookie')).split(';')[0]! });
    expect(tokens.verify(renewed, token)).toBe(false);
    expect(tokens.verify(renewed, tokens.issue(renewed, res))).toBe(true);
  });

  it('are known as given to somebody, in whatever visit, and name nobody', () => {
    let owner: string | undefined = 'a member of staff';
    const owned = new FormTokens(Buffer.alloc(32, 1), cookies, () => owner);
    const [req, res] = [createRequest(), createResponse()];
    const theirs = owned.issue(req, res);
    const next = createRequest({ cookie: String(res.getHeader('set-cookie')).split(';')[0]! });
    expect([owned.verify(next, theirs), Buffer.from(theirs, 'base64url').includes('staff')]).toEqual([true, false]);
    const later = createRequest();
    expect(owned.isOfSomebodyElse(later, theirs)).toBe(false);
    expect(owned.issue(next, createResponse()).slice(-43)).not.toBe(theirs.slice(-43));
    owner = 'another one';
    for (const token of [theirs, firstPage().token, undefined, '', 'A'.repeat(128)]) {
      expect(owned.isOfSomebodyElse(later, token)).toBe(true);
    }
    owner = undefined;
    expect(owned.isOfSomebodyElse(later, theirs)).toBe(false);
  });

  it.each([undefined, '', 'x', ['a'], {}, 'A'.repeat(86), 'é'.repeat(64)])('refuse %j', (token) => {
    expect(tokens.verify(firstPage().next, token)).toBe(false);
  });

  it('of another process do not count', () => {
    const { token, next } = firstPage();
    expect(new FormTokens(Buffer.alloc(32, 2), cookies).verify(next, token)).toBe(false);
  });

  it('of any other byte do not count', () => {
    const { token, next } = firstPage();
    const bytes = Buffer.from(token, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(tokens.verify(next, changed.toString('base64url'))).toBe(false);
    }
  });

  it('rest on a cookie that ends with the visit and belongs to this host alone', () => {
    const res = createResponse();
    tokens.issue(createRequest(), res);
    expect(String(res.getHeader('set-cookie'))).toMatch(/^__Host-visit=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  it('do not end the visit of somebody who is writing when another site sends something, which comes without the cookie', () => {
    const [req, res] = [createRequest({}, 'POST'), createResponse()];
    expect(tokens.issue(req, res)).toHaveLength(86);
    expect(res.getHeader('set-cookie')).toBeUndefined();
  });
});
