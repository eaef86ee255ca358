import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { STALE_COUNT_CAP, type SetAsideItem } from '@recourse/cases';
import { STAFF_ROLES, TEAM_ROLES, type StaffRole } from '@recourse/domain';
import { wording } from './wording';

/** The password was changed. */
@ApiSchema({ name: 'PasswordChanged' })
export class PasswordChangedAnswer {
  @ApiProperty({ description: 'When the new session ends, whose cookie came with this answer. Every other one of yours has ended.' })
  expiresAt!: Date;
}

/** Somebody on a team. */
@ApiSchema({ name: 'TeamMember' })
export class TeamMemberAnswer {
  @ApiProperty({ format: 'uuid' })
  staffId!: string;

  @ApiProperty()
  displayName!: string;

  @ApiProperty({ enum: STAFF_ROLES })
  role!: StaffRole;

  @ApiProperty({ enum: TEAM_ROLES })
  teamRole!: (typeof TEAM_ROLES)[number];

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Open tracks of the team in their hands.' })
  openTracks!: number;
}

/** Somebody who was on a team. */
@ApiSchema({ name: 'FormerTeamMember' })
export class FormerTeamMemberAnswer {
  @ApiProperty({ format: 'uuid' })
  staffId!: string;

  @ApiProperty()
  displayName!: string;

  @ApiProperty({ enum: STAFF_ROLES })
  role!: StaffRole;

  @ApiProperty()
  leftAt!: Date;
}

/** A team of one's own. */
@ApiSchema({ name: 'Team' })
export class TeamAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  code!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: [TeamMemberAnswer], description: 'By name; without closed accounts.' })
  members!: readonly TeamMemberAnswer[];

  @ApiProperty({ type: [FormerTeamMemberAnswer], description: 'Who can be put back on it; empty when you may not.' })
  formerMembers!: readonly FormerTeamMemberAnswer[];

  @ApiProperty({ description: 'True when you may take somebody off it and put somebody on it.' })
  mayLead!: boolean;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: STALE_COUNT_CAP,
    description: 'Case keys still sealed to a key that the team had before, counted up to 10,000.',
  })
  staleKeys!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Case keys that no key of the team opens.' })
  setAsideKeys!: number;
}

/** Case keys were sealed to the key that the team has now. */
@ApiSchema({ name: 'KeysResealed' })
export class KeysResealedAnswer {
  @ApiProperty({ description: 'False when time was up: ask again until it is true.' })
  done!: boolean;

  @ApiProperty({ type: 'integer', minimum: 0 })
  resealed!: number;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Those that did not open: left as they are, and told to an administrator.' })
  setAside!: number;
}

/** Somebody was taken off a team. */
@ApiSchema({ name: 'TakenOff' })
export class TakenOffAnswer {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Open tracks that were in their hands and are in nobody’s now.' })
  putBack!: number;

  @ApiProperty({ type: KeysResealedAnswer })
  keys!: KeysResealedAnswer;
}

/** Somebody is on a team. */
@ApiSchema({ name: 'PutOn' })
export class PutOnAnswer {
  @ApiProperty({ description: 'False when they were on it before: nothing was changed.' })
  added!: boolean;
}

/** Something that was given up. */
@ApiSchema({ name: 'SetAsideItem' })
export class SetAsideItemAnswer {
  @ApiProperty({ enum: ['clock', 'task', 'case_key', 'team_key'] })
  work!: SetAsideItem['work'];

  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Code of the clock, topic of the task, or code of the team.' })
  code!: string;

  @ApiPropertyOptional({ ...wording, description: 'Of a clock: what its procedure calls it.' })
  name?: Readonly<Record<string, string>>;

  @ApiProperty()
  setAsideAt!: Date;

  @ApiProperty({ type: 'integer', minimum: 0 })
  attempts!: number;

  @ApiPropertyOptional({ description: 'Class of the last error, a code.' })
  errorCode?: string;

  @ApiPropertyOptional({ example: 'RC-7K2MQ-9XT4B', description: 'Absent for what belongs to no case.' })
  reference?: string;
}

/** One page of what was given up. */
@ApiSchema({ name: 'SetAsidePage' })
export class SetAsidePageAnswer {
  @ApiProperty({ type: [SetAsideItemAnswer], description: 'The longest ago first. Nothing that was sealed is in it.' })
  items!: readonly SetAsideItemAnswer[];

  @ApiPropertyOptional({ description: 'Give it as `after` for the next page; absent on the last one.' })
  next?: string;
}
