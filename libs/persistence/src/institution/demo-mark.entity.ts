import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Says that this database was made as a demo workspace. */
@Entity({ name: 'demo_mark' })
export class DemoMark {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'demo_mark_pk' })
  id!: string;

  @Column({ name: 'made_at', type: 'timestamptz' })
  madeAt!: Date;
}
