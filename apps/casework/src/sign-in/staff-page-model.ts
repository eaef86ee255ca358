import type { Request, Response } from 'express';
import { hasPermission, type StaffRole } from '@recourse/domain';
import { contextOf } from '@recourse/web';
import { staffIfPresent } from './present-staff';

/** Where a day's work starts: the list of cases, or what the machine gave up for an administrator, who sees no case. */
export function homeOf(role: StaffRole): string {
  return hasPermission(role, 'case:read') ? '/' : '/set-aside';
}

/** What the staff layout shows on every page: who is signed in, and the ways to the pages that they may open. */
export function staffPageModel(req: Request, res: Response): object {
  const actor = staffIfPresent(req);
  if (!actor) return {};
  return {
    staff: { name: actor.displayName, roleCode: actor.role },
    navigation: [
      ...(hasPermission(actor.role, 'case:read')
        ? [{ href: '/cases', key: 'casework-queue.title', current: req.path === '/' || req.path === '/cases' }]
        : []),
      ...(hasPermission(actor.role, 'board:read') ? [{ href: '/board', key: 'casework-board.title', current: req.path === '/board' }] : []),
      ...(hasPermission(actor.role, 'set_aside:manage')
        ? [{ href: '/set-aside', key: 'casework-set-aside.title', current: req.path === '/set-aside' }]
        : []),
      ...(hasPermission(actor.role, 'staff:manage')
        ? [{ href: '/accounts', key: 'casework-accounts.title', current: req.path === '/accounts' }]
        : []),
      { href: '/procedures', key: 'casework-procedures.title', current: req.path === '/procedures' },
      { href: '/account', key: 'casework-account.title', current: req.path === '/account' },
    ],
    homePath: homeOf(actor.role),
    signOutPath: '/sign-out',
    language: contextOf(res).language,
  };
}
