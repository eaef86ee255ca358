import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A company that may be complained about, with its dated membership. */
@Entity({ name: 'company' })
export class Company {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'company_pk' })
  id!: string;

  @Column({ name: 'name', type: 'text' })
  name!: string;

  @Column({ name: 'country', type: 'text' })
  country!: string;

  @Column({ name: 'membership', type: 'text' })
  membership!: 'member' | 'former_member' | 'not_member';

  @Column({ name: 'member_from', type: 'date', nullable: true })
  memberFrom!: string | null;

  @Column({ name: 'member_until', type: 'date', nullable: true })
  memberUntil!: string | null;
}
