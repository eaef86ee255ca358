import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where a complainant wants to be nudged; the address is sealed to the worker's key. Quiet hours are `HH:MM[:SS]` in `timeZone`. */
@Entity({ name: 'contact_route' })
export class ContactRoute {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'contact_route_pk' })
  id!: string;

  @Column({ name: 'case_id', type: 'uuid' })
  caseId!: string;

  @Column({ name: 'kind', type: 'text' })
  kind!: 'email';

  @Column({ name: 'sealed_address', type: 'bytea' })
  sealedAddress!: Buffer;

  @Column({ name: 'language', type: 'text' })
  language!: string;

  @Column({ name: 'neutral', type: 'boolean' })
  neutral!: boolean;

  @Column({ name: 'quiet_from', type: 'time', nullable: true })
  quietFrom!: string | null;

  @Column({ name: 'quiet_until', type: 'time', nullable: true })
  quietUntil!: string | null;

  @Column({ name: 'time_zone', type: 'text', nullable: true })
  timeZone!: string | null;

  @Column({ name: 'active', type: 'boolean' })
  active!: boolean;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}
