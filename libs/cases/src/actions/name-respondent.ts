import { insertParty, listParties, updateCaseFacts } from '@recourse/persistence';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';

/**
 * Establishes which company of the institution's list a case is about. What the complainant said about it stays as they said it, in a party of
 * its own.
 */
export async function nameRespondent(tx: EntityManager, caseId: string, companyId: string, now: Date): Promise<void> {
  await updateCaseFacts(tx, caseId, { companyId });
  const isKnown = (await listParties(tx, caseId)).some((party) => party.role === 'respondent' && party.companyId === companyId);
  if (!isKnown) {
    await insertParty(tx, { id: v7(), caseId, role: 'respondent', companyId, sealedName: null, createdAt: now });
  }
}
