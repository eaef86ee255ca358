import type { DataSource } from 'typeorm';

/**
 * Mails of the demo's past are not sent: whoever starts the demo would get dozens at once. What is younger than `before` stays, so that the worker has
 * something to show.
 */
export async function forgetOldNews(owner: DataSource, before: Date, now: Date): Promise<void> {
  await owner.query('UPDATE outbox_message SET done_at = $2 WHERE created_at < $1 AND done_at IS NULL', [before, now]);
  await owner.query(
    `UPDATE notification SET state = 'suppressed', last_error_code = 'demo_past' WHERE created_at < $1 AND state = 'waiting'`,
    [before],
  );
}
