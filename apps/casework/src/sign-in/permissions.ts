import { PERMISSIONS, hasPermission, type PermissionName, type StaffRole } from '@recourse/domain';

/** Demanded by routes that only need somebody to be signed in. */
export const signedIn = 'signed_in';

/** Whether a role may pass a route; a permission that the domain does not know is refused. Which cases a person sees is another question. */
export function mayPass(role: StaffRole, permission: string): boolean {
  if (permission === signedIn) return true;
  const known = PERMISSIONS.find((one): one is PermissionName => one === permission);
  return known !== undefined && hasPermission(role, known);
}
