/**
 * Where a sealed value lives. It is bound into the ciphertext: the same bytes in another column, row or case do not open.
 * `caseId` and `rowId` are UUIDs; `table` and `column` are the names in the database.
 */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly caseId: string;
  readonly rowId: string;
}

const NAME = /^[a-z][a-z0-9_]{0,62}$/;
const IDENTIFIER = /^[0-9A-Za-z-]{1,64}$/;

/**
 * The associated data of a place, in UTF-8: `recourse/v1|table|column|caseId|rowId`, identifiers in lower case as
 * PostgreSQL returns them. The parts cannot contain `|`, so no two places give the same bytes.
 * Throws a TypeError for a malformed place (a bug of the caller).
 */
export function associatedData(place: Place): Buffer {
  if (!NAME.test(place.table) || !NAME.test(place.column)) {
    throw new TypeError('A place needs the names of a table and of a column.');
  }
  if (!IDENTIFIER.test(place.caseId) || !IDENTIFIER.test(place.rowId)) {
    throw new TypeError('A place needs the identifiers of a case and of a row.');
  }
  const parts = ['recourse/v1', place.table, place.column, place.caseId.toLowerCase(), place.rowId.toLowerCase()];
  return Buffer.from(parts.join('|'), 'utf8');
}
