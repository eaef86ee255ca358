import type { ConversationWish } from '@recourse/cases';

/** Which page of the conversation somebody asked for, from an address or a form; anything strange shows the newest. */
export function conversationWish(given: Readonly<Record<string, unknown>>): ConversationWish {
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === 'string' && value !== '' && value.length <= 300 ? value : undefined;
  };
  const [messagesBefore, additionsBefore] = [text('messages'), text('additions')];
  return { ...(messagesBefore === undefined ? {} : { messagesBefore }), ...(additionsBefore === undefined ? {} : { additionsBefore }) };
}
