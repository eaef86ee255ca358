/** The metadata under which a route says what it demands. The guard of libs/web reads it; a process without a guard has nothing to hide. */
export const accessKey = 'recourse:access';

/** What a route demands of who comes: nothing, or a permission. */
export type Access = 'public' | { readonly permission: string };
