import type { Request, Response } from 'express';
import { hasPermission } from '@recourse/domain';
import { contextOf } from '@recourse/web';
import { staffIfPresent } from './present-staff';

/** What the staff layout shows on every page: who is signed in, and the ways to the pages that they may open. */
export function staffPageModel(req: Request, res: Response): object {
  const actor = staffIfPresent(req);
  if (!actor) return {};
  return {
    staff: { name: actor.displayName, roleCode: actor.role },
    navigation: [
      { href: '/cases', key: 'casework-queue.title', current: req.path === '/' || req.path === '/cases' },
      ...(hasPermission(actor.role, 'board:read') ? [{ href: '/board', key: 'casework-board.title', current: req.path === '/board' }] : []),
      { href: '/procedures', key: 'casework-procedures.title', current: req.path === '/procedures' },
    ],
    signOutPath: '/sign-out',
    language: contextOf(res).language,
  };
}
