import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One message between the staff and the complainant. `firstReadAt`: when the other side first read it. */
@Entity({ name: 'message' })
export class Message {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'message_pk' })
  id!: string;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId!: string;

  @Column({ name: 'direction', type: 'text' })
  direction!: 'to_complainant' | 'from_complainant';

  @Column({ name: 'author_staff_id', type: 'uuid', nullable: true })
  authorStaffId!: string | null;

  @Column({ name: 'sent_at', type: 'timestamptz' })
  sentAt!: Date;

  @Column({ name: 'sealed_body', type: 'bytea' })
  sealedBody!: Buffer;

  @Column({ name: 'first_read_at', type: 'timestamptz', nullable: true })
  firstReadAt!: Date | null;
}
