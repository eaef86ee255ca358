import { STAFF_ROLES, type StaffRole } from '../procedures/vocabulary';
import { hasPermission, isInScope, mayAssign, mayLeadTeam, mayOpenSealed, PERMISSIONS, visibleCases, type Viewer } from './access-policy';

function viewer(role: StaffRole, ...teams: readonly ['member' | 'lead', string][]): Viewer {
  return { staffId: 'me', role, teams: teams.map(([teamRole, id]) => ({ id, teamRole })) };
}

describe('visibleCases', () => {
  it.each(['officer', 'supervisor', 'director'] as const)('a %s sees the tracks of their teams', (role) => {
    expect(visibleCases(viewer(role, ['member', 'desk'], ['lead', 'remedy']))).toEqual({
      kind: 'teams',
      staffId: 'me',
      teamIds: ['desk', 'remedy'],
    });
  });

  it.each(STAFF_ROLES)('a %s on no team sees nothing', (role) => {
    expect(visibleCases(viewer(role))).toEqual({ kind: 'nothing' });
  });

  it('an administrator sees nothing, whatever team they are on', () => {
    expect(visibleCases(viewer('administrator', ['lead', 'desk']))).toEqual({ kind: 'nothing' });
  });

  it('a role this release does not know sees nothing', () => {
    expect(visibleCases(viewer('president' as StaffRole, ['lead', 'desk']))).toEqual({ kind: 'nothing' });
  });
});

describe('the scope', () => {
  it('says for one track what it says for all', () => {
    const officer = viewer('officer', ['member', 'desk']);
    expect([isInScope(visibleCases(officer), { teamId: 'desk' }), isInScope(visibleCases(officer), { teamId: 'remedy' })]).toEqual([
      true,
      false,
    ]);
    expect(isInScope({ kind: 'nothing' }, { teamId: 'desk' })).toBe(false);
  });

  it('decides about sealed content too', () => {
    expect(mayOpenSealed(viewer('officer', ['member', 'desk']), { teamId: 'desk' })).toBe(true);
    expect(mayOpenSealed(viewer('officer', ['member', 'desk']), { teamId: 'remedy' })).toBe(false);
    expect(mayOpenSealed(viewer('administrator', ['member', 'desk']), { teamId: 'desk' })).toBe(false);
  });
});

describe('mayAssign', () => {
  const member = viewer('officer', ['member', 'desk']);
  it.each([
    ['a member takes what nobody has', member, null, 'me', true],
    ['a member puts their own back', member, 'me', null, true],
    ['a member does not take from a colleague', member, 'other', 'me', false],
    ['a member does not give to a colleague', member, null, 'other', false],
    ['a member does not put back what is a colleague’s', member, 'other', null, false],
    ['a lead gives to anybody', viewer('officer', ['lead', 'desk']), 'other', 'third', true],
    ['a supervisor on the team gives to anybody', viewer('supervisor', ['member', 'desk']), 'other', 'third', true],
    ['a director on the team gives to anybody', viewer('director', ['member', 'desk']), null, 'third', true],
    ['a director of another team does not', viewer('director', ['lead', 'remedy']), null, 'me', false],
    [
      'a lead of another team who is a member here does not',
      viewer('officer', ['member', 'desk'], ['lead', 'remedy']),
      'other',
      'third',
      false,
    ],
    ['an administrator does not', viewer('administrator', ['lead', 'desk']), null, 'me', false],
  ])('%s', (_case, who, assigneeId, to, expected) => {
    expect(mayAssign(who, { teamId: 'desk', assigneeId }, to)).toBe(expected);
  });
});

describe('mayLeadTeam', () => {
  it.each([
    ['a lead does', viewer('officer', ['lead', 'desk']), true],
    ['a supervisor on the team does', viewer('supervisor', ['member', 'desk']), true],
    ['a director on the team does', viewer('director', ['member', 'desk']), true],
    ['a member does not', viewer('officer', ['member', 'desk'], ['lead', 'remedy']), false],
    ['a director of another team does not', viewer('director', ['lead', 'remedy']), false],
    ['an administrator does not, whatever team they are on', viewer('administrator', ['lead', 'desk']), false],
  ])('%s', (_case, who, expected) => {
    expect(mayLeadTeam(who, 'desk')).toBe(expected);
  });
});

describe('permissions', () => {
  it('are these', () => {
    expect(STAFF_ROLES.map((role) => [role, PERMISSIONS.filter((permission) => hasPermission(role, permission)).join(' ')])).toEqual([
      ['officer', 'case:read case:act case:assign'],
      ['supervisor', 'case:read case:act case:assign board:read figures:read'],
      ['director', 'case:read case:act case:assign board:read figures:read'],
      ['administrator', 'staff:manage procedure:publish set_aside:manage'],
    ]);
  });
});
