import type { Scope } from '@recourse/domain';

import { scopeParts, scopeWhere } from './scope-where';

describe('scopeWhere', () => {
  it('renders one team by equality and several by ANY, from the given parameter on', () => {
    expect(scopeWhere({ kind: 'teams', staffId: 's', teamIds: ['a'] }, 't', 3)).toEqual({ sql: 't.team_id = $3::uuid', params: ['a'] });
    expect(scopeWhere({ kind: 'teams', staffId: 's', teamIds: ['a', 'b'] }, 'x', 1)).toEqual({
      sql: 'x.team_id = ANY ($1::uuid[])',
      params: [['a', 'b']],
    });
  });

  it.each<[string, unknown]>([
    ['nothing', { kind: 'nothing' }],
    ['no team', { kind: 'teams', staffId: 's', teamIds: [] }],
    ['a kind of a later release', { kind: 'all' }],
    ['teams that are missing', { kind: 'teams', staffId: 's' }],
    ['teams that are a text', { kind: 'teams', staffId: 's', teamIds: 'abc' }],
  ])('sees nothing for %s', (_, scope) => {
    expect(scopeWhere(scope as Scope, 't', 1)).toEqual({ sql: 'FALSE', params: [] });
    expect(scopeParts(scope as Scope)).toEqual([]);
  });
});
