import { code, page, table } from './markdown.mjs';

/** @typedef {import('../../libs/domain/src/procedures/procedure').Procedure} Procedure */
/** @typedef {import('../../libs/domain/src/procedures/state-table').StateTableRow} StateTableRow */

/**
 * Who may do what in which stage, as `decide()` answers. Only rows in which somebody may: everything else is refused.
 * @param {readonly {procedure: Procedure, rows: readonly StateTableRow[]}[]} procedures
 * @param {readonly string[]} roles in the order of the columns
 * @returns {string}
 */
export function permissionsPage(procedures, roles) {
  return page(
    'Who may do what',
    'the answers of decide() in libs/domain',
    'For staff on the team that has the track; for everybody else the case does not exist. The cell is the stage that the action leads to; an empty one means ' +
      'that the action is refused. Conditions (“only if” in the procedure’s own page) are taken as met, and who must agree as “second person” is named there. What is not listed is refused to everybody.',
    ...procedures.flatMap(({ procedure, rows }) => [
      `## Procedure ${code(procedure.procedure)}, version ${procedure.version}`,
      table(
        ['Stage', 'Action', ...roles],
        rows.flatMap((row) => rowOf(row, roles)),
      ),
    ]),
  );
}

/**
 * @param {StateTableRow} row
 * @param {readonly string[]} roles
 */
function rowOf(row, roles) {
  const results = roles.map((role) => row.results[/** @type {keyof typeof row.results} */ (role)]);
  const cells = results.map((result) => ('to' in result ? (result.to === row.stage ? 'stays' : code(result.to)) : ''));
  return cells.every((text) => text === '') ? [] : [[code(row.stage), code(row.action), ...cells]];
}
