import type { Request } from 'express';
import type { ReadTeam, TeamView } from '@recourse/cases';
import { Refused } from '@recourse/web';
import { presentStaff } from '../sign-in/present-staff';

/**
 * The team that an address names, if it is one of the reader's own.
 * @throws Refused 404 for one that is not, or does not exist: nobody learns which
 */
export async function teamOf(readTeam: ReadTeam, req: Request): Promise<TeamView> {
  const { team: code } = req.params as Record<'team', string>;
  const read = await readTeam.run({ actor: presentStaff(req), code });
  if (!read.ok) throw new Refused(404, 'not_found');
  return read.view;
}
