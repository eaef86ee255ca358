import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { ContactRoute } from './contact-route.entity';

/** Keeps a route that the complainant chose; the address is sealed to the worker. */
export async function insertContactRoute(tx: EntityManager, route: ContactRoute): Promise<void> {
  await insertRow(tx, ContactRoute, route);
}

/** The routes on which the complainant of this case may be nudged. Worker and owner: casework may not read the address. */
export async function listActiveContactRoutes(tx: EntityManager, caseId: string): Promise<readonly ContactRoute[]> {
  return tx.find(ContactRoute, { where: { caseId, active: true }, order: { createdAt: 'ASC', id: 'ASC' } });
}

/** One route, active or not, or undefined. Worker and owner. */
export async function findContactRoute(tx: EntityManager, id: string): Promise<ContactRoute | undefined> {
  return (await tx.findOneBy(ContactRoute, { id })) ?? undefined;
}

/** Tells whether the complainant can be nudged at all. */
export async function hasContactRoute(tx: EntityManager, caseId: string): Promise<boolean> {
  const [row] = await tx.query<{ found: boolean }[]>('SELECT EXISTS (SELECT FROM contact_route WHERE case_id = $1 AND active) AS found', [
    caseId,
  ]);
  return row?.found === true;
}

/** On how many routes somebody may be nudged. Owner. */
export async function countActiveContactRoutes(tx: EntityManager): Promise<number> {
  const [row] = await tx.query<{ count: number }[]>('SELECT count(*)::int AS count FROM contact_route WHERE active');
  return row?.count ?? 0;
}

/** Stops using every route: no address opens any more. Owner. */
export async function closeContactRoutes(tx: EntityManager): Promise<void> {
  await tx.query('UPDATE contact_route SET active = false WHERE active');
}

/** Stops using a route, for instance because mail to it bounces. */
export async function closeContactRoute(tx: EntityManager, id: string): Promise<void> {
  await tx.query('UPDATE contact_route SET active = false WHERE id = $1', [id]);
}
