/** Name of the cookie that holds a staff session's token. */
export const sessionCookie = 'session';
