/**
 * The most characters (Unicode code points) that one message between a complainant and the staff may have, whichever way it goes and wherever it is
 * written: in a form, by a program, or as the letter of an action. What is added to a complaint has the same limit.
 */
export const MESSAGE_LIMIT = 30_000;
