import { Column, Entity, PrimaryColumn } from 'typeorm';

import { safeInteger } from '../database/safe-integer';

/** One clock of a track. `level` counts the firings that were done; `nextFireAt` is the next one; while it is paused, when it goes on by itself. */
@Entity({ name: 'deadline' })
export class Deadline {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'deadline_pk' })
  id!: string;

  @Column({ name: 'track_id', type: 'uuid' })
  trackId!: string;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId!: string;

  @Column({ name: 'kind', type: 'text' })
  kind!: string;

  @Column({ name: 'stage', type: 'text' })
  stage!: string;

  @Column({ name: 'calendar', type: 'text' })
  calendar!: string;

  /** The version of the calendar by which its moments were computed; an older one than the latest is recomputed by the worker. 0: before there were versions. */
  @Column({ name: 'calendar_version', type: 'integer' })
  calendarVersion!: number;

  @Column({ name: 'started_at', type: 'timestamptz' })
  startedAt!: Date;

  @Column({ name: 'due_at', type: 'timestamptz' })
  dueAt!: Date;

  @Column({ name: 'paused_at', type: 'timestamptz', nullable: true })
  pausedAt!: Date | null;

  @Column({ name: 'pause_reason_code', type: 'text', nullable: true })
  pauseReasonCode!: string | null;

  @Column({ name: 'remaining_ms', type: 'bigint', nullable: true, transformer: safeInteger })
  remainingMs!: number | null;

  @Column({ name: 'pause_until', type: 'timestamptz', nullable: true })
  pauseUntil!: Date | null;

  @Column({ name: 'extensions', type: 'integer' })
  extensions!: number;

  /** The first end that it had and missed, when it was given more time after that. Such a clock never ends as met in time. */
  @Column({ name: 'missed_at', type: 'timestamptz', nullable: true })
  missedAt!: Date | null;

  @Column({ name: 'level', type: 'integer' })
  level!: number;

  @Column({ name: 'next_fire_at', type: 'timestamptz', nullable: true })
  nextFireAt!: Date | null;

  @Column({ name: 'state', type: 'text' })
  state!: 'running' | 'paused' | 'met' | 'missed_met' | 'cancelled';

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt!: Date | null;

  @Column({ name: 'failure_count', type: 'integer' })
  failureCount!: number;

  /** Why firing failed last: a code, never text. */
  @Column({ name: 'last_error_code', type: 'text', nullable: true })
  lastErrorCode!: string | null;

  @Column({ name: 'set_aside_at', type: 'timestamptz', nullable: true })
  setAsideAt!: Date | null;
}
