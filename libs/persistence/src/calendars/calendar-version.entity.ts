import type { CalendarDocument } from '@recourse/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One published, immutable version of a calendar: the YAML text, what it says day by day, and the SHA-256 of both. */
@Entity({ name: 'calendar_version' })
export class CalendarVersion {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'calendar_version_pk' })
  id!: string;

  @Column({ name: 'calendar', type: 'text' })
  calendar!: string;

  @Column({ name: 'version', type: 'integer' })
  version!: number;

  @Column({ name: 'content_hash', type: 'bytea' })
  contentHash!: Buffer;

  @Column({ name: 'document', type: 'text' })
  document!: string;

  /** Without the number of the version, which is the row's. */
  @Column({ name: 'resolved', type: 'jsonb' })
  resolved!: CalendarDocument;

  @Column({ name: 'holiday_source', type: 'text', nullable: true })
  holidaySource!: string | null;

  /** `YYYY-MM-DD`. */
  @Column({ name: 'known_until', type: 'date', nullable: true })
  knownUntil!: string | null;

  @Column({ name: 'published_at', type: 'timestamptz' })
  publishedAt!: Date;
}
