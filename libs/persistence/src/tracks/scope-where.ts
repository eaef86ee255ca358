import type { Scope } from '@recourse/domain';

/** A piece of SQL with its parameters, numbered on from where the caller stood. */
export interface Condition {
  readonly sql: string;
  readonly params: readonly unknown[];
}

/**
 * Renders a scope as a condition on rows of `track`. The only place where visibility becomes SQL: list, count, search, opening and notification all
 * call it. What it does not understand sees nothing; a query that lacks the column fails instead of showing everything.
 * @param scope what the actor may see
 * @param alias alias of `track` in the query
 * @param firstParam number of the first free parameter
 */
export function scopeWhere(scope: Scope, alias: string, firstParam: number): Condition {
  if (scope.kind === 'teams' && scopeTeams(scope).length > 0) {
    const [only, ...others] = scopeTeams(scope);
    // One team by equality: the index on (team, due, id) then also gives the order, which it does not for ANY.
    return others.length === 0
      ? { sql: `${alias}.team_id = $${firstParam}::uuid`, params: [only] }
      : { sql: `${alias}.team_id = ANY ($${firstParam}::uuid[])`, params: [[only, ...others]] };
  }
  return { sql: 'FALSE', params: [] };
}

/**
 * Splits a scope into parts whose rows each come out of one index in order, so that a page of 50 reads 50 rows per team and not every open track.
 * The parts together see exactly what the scope sees.
 */
export function scopeParts(scope: Scope): readonly Scope[] {
  if (scope.kind !== 'teams') {
    return [];
  }
  return [...new Set(scopeTeams(scope))].map((teamId) => ({ kind: 'teams', teamIds: [teamId], staffId: scope.staffId }));
}

/** The teams of a scope; none when it is not what its type says, because a scope may come from another release. */
function scopeTeams(scope: { readonly teamIds: unknown }): readonly string[] {
  return Array.isArray(scope.teamIds) ? scope.teamIds.filter((id) => typeof id === 'string') : [];
}
