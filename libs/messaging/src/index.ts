export { TOPICS, isTopic } from './topics.js';
export type { OutboxEntry, Topic, TopicPayloads } from './topics.js';
