import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Something that arrived: the complaint, or an addition to it. */
@Entity({ name: 'intake_item' })
export class IntakeItem {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'intake_item_pk' })
  id!: string;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId!: string;

  @Column({ name: 'kind', type: 'text' })
  kind!: 'complaint' | 'addition';

  @Column({ name: 'channel', type: 'text' })
  channel!: string;

  @Column({ name: 'received_at', type: 'timestamptz' })
  receivedAt!: Date;

  @Column({ name: 'sealed_answers', type: 'bytea' })
  sealedAnswers!: Buffer;
}
