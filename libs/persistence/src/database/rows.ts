import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

/**
 * Updates the rows that match every property of `where` and says how many there were.
 * @param tx the transaction
 * @param entity the entity class
 * @param where property values that must match; at least one, and never null or undefined
 * @param changes properties to set; an undefined one is left alone
 */
export async function updateRows<E extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntityTarget<E>,
  where: Partial<NoInfer<E>>,
  changes: Partial<NoInfer<E>>,
): Promise<number> {
  if (Object.keys(where).length === 0 || Object.values(where).some((value) => value === undefined || value === null)) {
    throw new Error('updateRows needs a condition, and values for all of it');
  }
  const result = await tx.createQueryBuilder().update(entity).set(changes).where(where).updateEntity(false).execute();
  return result.affected ?? 0;
}

/**
 * How many rows a raw UPDATE or DELETE changed. TypeORM answers such a query with `[rows, count]`.
 * @param answer what `tx.query` gave
 */
export function affectedBy(answer: unknown): number {
  if (Array.isArray(answer) && typeof answer[1] === 'number') {
    return answer[1];
  }
  throw new Error('the query did not say how many rows it changed');
}

/**
 * The columns of an entity as `"table"."column" AS "property"`, for raw SELECTs that give rows in the entity's own names.
 * @param tx the transaction
 * @param entity the entity class
 * @param alias alias of the table in the query
 */
export function columnsOf(tx: EntityManager, entity: EntityTarget<ObjectLiteral>, alias: string): string {
  return tx.dataSource
    .getMetadata(entity)
    .columns.map((column) => `${alias}.${column.databaseName} AS "${column.propertyName}"`)
    .join(', ');
}
