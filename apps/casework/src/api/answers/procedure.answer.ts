import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { COMPLAINT_KINDS, type ComplaintKind, type Procedure } from '@recourse/domain';
import { wording } from './wording';

/** One published version. */
@ApiSchema({ name: 'PublishedProcedure' })
export class PublishedProcedureAnswer {
  @ApiProperty({ description: 'Code of the procedure.', example: 'remedy' })
  procedure!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiPropertyOptional({ ...wording, description: 'Absent when it, or a calendar that it names, is not what was published.' })
  title?: Readonly<Record<string, string>>;

  @ApiProperty()
  publishedAt!: Date;

  @ApiProperty({ type: 'integer', description: 'Open tracks on it, of those that you may see.' })
  openTracks!: number;

  @ApiProperty({
    type: 'array',
    items: { type: 'string', enum: [...COMPLAINT_KINDS] },
    description: 'Kinds of complaints that begin on it now.',
  })
  beginsFor!: readonly ComplaintKind[];
}

/** Every published version. */
@ApiSchema({ name: 'PublishedProcedures' })
export class PublishedProceduresAnswer {
  @ApiProperty({ type: [PublishedProcedureAnswer], description: 'By code and version.' })
  items!: readonly PublishedProcedureAnswer[];
}

/** The rules of one version. */
@ApiSchema({ name: 'ProcedureRules' })
export class ProcedureRulesAnswer {
  @ApiProperty({ example: 'remedy' })
  procedure!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'Stages, actions, clocks and outcomes as they were read from the published document: the names are those of `docs/procedures.md`, in camel case.',
  })
  rules!: Procedure;
}
