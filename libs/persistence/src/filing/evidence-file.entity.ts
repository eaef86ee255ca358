import { Column, Entity, PrimaryColumn } from 'typeorm';

import { safeInteger } from '../database/safe-integer';

/** A file of the case. `sha256` is of the sealed bytes in the evidence store. */
@Entity({ name: 'evidence_file' })
export class EvidenceFile {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'evidence_file_pk' })
  id!: string;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId!: string;

  @Column({ name: 'intake_item_id', type: 'uuid', nullable: true })
  intakeItemId!: string | null;

  @Column({ name: 'received_at', type: 'timestamptz' })
  receivedAt!: Date;

  @Column({ name: 'sealed_name', type: 'bytea' })
  sealedName!: Buffer;

  @Column({ name: 'media_type', type: 'text', nullable: true })
  mediaType!: string | null;

  @Column({ name: 'size_bytes', type: 'bigint', transformer: safeInteger })
  sizeBytes!: number;

  @Column({ name: 'sha256', type: 'bytea' })
  sha256!: Buffer;

  @Column({ name: 'sealed_plain_sha256', type: 'bytea', nullable: true })
  sealedPlainSha256!: Buffer | null;

  @Column({ name: 'storage_key', type: 'text' })
  storageKey!: string;
}
