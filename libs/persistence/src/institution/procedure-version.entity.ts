import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One published, immutable version of a procedure: the YAML text and its SHA-256. */
@Entity({ name: 'procedure_version' })
export class ProcedureVersion {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'procedure_version_pk' })
  id!: string;

  @Column({ name: 'procedure', type: 'text' })
  procedure!: string;

  @Column({ name: 'version', type: 'integer' })
  version!: number;

  @Column({ name: 'content_hash', type: 'bytea' })
  contentHash!: Buffer;

  @Column({ name: 'document', type: 'text' })
  document!: string;

  @Column({ name: 'published_at', type: 'timestamptz' })
  publishedAt!: Date;
}
