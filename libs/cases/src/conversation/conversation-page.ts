import type { HistoryWish } from '@recourse/persistence';

/** How much of a conversation is opened at once. What is not shown costs nothing, and is not marked as read. */
export const CONVERSATION_PAGE = { messages: 25, additions: 10 } as const;
/** The most messages that a program gets at once. */
export const LARGEST_MESSAGE_PAGE = 100;

/** Which page of a conversation; the newest when absent. */
export interface ConversationWish {
  /** `earlierMessages` of the page behind it; a text that is none gives the newest page. */
  readonly messagesBefore?: string;
  /** 25 when absent, at most 100. */
  readonly messageLimit?: number;
  /** `earlierAdditions` of the page behind it. */
  readonly additionsBefore?: string;
}

/** Which messages. */
export function messageWish({ messagesBefore, messageLimit = CONVERSATION_PAGE.messages }: ConversationWish): HistoryWish {
  const limit = Math.min(Math.max(Math.trunc(messageLimit), 1), LARGEST_MESSAGE_PAGE);
  return messagesBefore === undefined ? { limit } : { before: messagesBefore, limit };
}

/** Which additions. */
export function additionWish({ additionsBefore }: ConversationWish): HistoryWish {
  const limit = CONVERSATION_PAGE.additions;
  return additionsBefore === undefined ? { limit } : { before: additionsBefore, limit };
}
