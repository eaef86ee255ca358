import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A case: the readable facts. Everything a person wrote is in other tables, sealed. */
@Entity({ name: 'case_file' })
export class CaseFile {
  @PrimaryColumn({ name: 'id', type: 'uuid', primaryKeyConstraintName: 'case_file_pk' })
  id!: string;

  @Column({ name: 'reference', type: 'text' })
  reference!: string;

  @Column({ name: 'received_at', type: 'timestamptz' })
  receivedAt!: Date;

  @Column({ name: 'channel', type: 'text' })
  channel!: string;

  @Column({ name: 'language', type: 'text' })
  language!: string;

  @Column({ name: 'answer_language', type: 'text' })
  answerLanguage!: string;

  @Column({ name: 'country', type: 'text', nullable: true })
  country!: string | null;

  @Column({ name: 'kind', type: 'text' })
  kind!: 'harm' | 'credible_evidence' | 'company_mechanism' | 'other';

  @Column({ name: 'anonymity', type: 'text' })
  anonymity!: 'anonymous' | 'confidential' | 'open';

  @Column({ name: 'desk_team_id', type: 'uuid' })
  deskTeamId!: string;

  @Column({ name: 'company_id', type: 'uuid', nullable: true })
  companyId!: string | null;
}
