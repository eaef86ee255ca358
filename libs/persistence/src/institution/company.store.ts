import type { EntityManager } from 'typeorm';

import { insertRow } from '../database/insert';
import { Company } from './company.entity';

/** Adds a company. */
export async function insertCompany(tx: EntityManager, company: Company): Promise<void> {
  await insertRow(tx, Company, company);
}

/** The company with this id, or undefined. */
export async function findCompany(tx: EntityManager, id: string): Promise<Company | undefined> {
  return (await tx.findOneBy(Company, { id })) ?? undefined;
}

/** The company with exactly this name, or undefined. */
export async function findCompanyByName(tx: EntityManager, name: string): Promise<Company | undefined> {
  return (await tx.findOneBy(Company, { name })) ?? undefined;
}

/** Every company, by name. */
export async function listCompanies(tx: EntityManager): Promise<readonly Company[]> {
  return tx.find(Company, { order: { name: 'ASC' } });
}
