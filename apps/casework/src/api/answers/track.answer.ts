import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { DURATION_UNITS, GUARD_NAMES, INPUT_TYPES, type DurationUnit, type InputType } from '@recourse/domain';
import { StaffNameAnswer } from './queue.answer';
import { namedCodes, wording, type NamedCode } from './wording';

const requirement = ['required', 'optional', 'none'] as const;
const clockStates = ['running', 'paused', 'met', 'missed_met', 'cancelled'] as const;

/** A length of time. */
@ApiSchema({ name: 'Duration' })
export class DurationAnswer {
  @ApiProperty({ type: 'integer' })
  amount!: number;

  @ApiProperty({ enum: DURATION_UNITS })
  unit!: DurationUnit;
}

/** A pause of a clock that is over. */
@ApiSchema({ name: 'ClockPause' })
export class ClockPauseAnswer {
  @ApiProperty()
  pausedAt!: Date;

  @ApiProperty()
  endedAt!: Date;

  @ApiPropertyOptional({ ...wording, description: 'Name of the action that paused it.' })
  reasonName?: Readonly<Record<string, string>>;
}

/** One clock of a track. */
@ApiSchema({ name: 'Clock' })
export class ClockAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'Code of the clock in the procedure.' })
  kind!: string;

  @ApiProperty({ ...wording, description: 'What is done by then, as the procedure calls it for staff.' })
  name!: Readonly<Record<string, string>>;

  @ApiProperty()
  stage!: string;

  @ApiProperty({ enum: clockStates })
  state!: (typeof clockStates)[number];

  @ApiProperty()
  startedAt!: Date;

  @ApiProperty()
  dueAt!: Date;

  @ApiProperty({ format: 'date', description: 'The day on which it runs out in its calendar’s time zone: what to show.' })
  dueOn!: string;

  @ApiProperty({ description: 'True when it runs out in the middle of that day: then show the hour too.' })
  dueWithinTheDay!: boolean;

  @ApiPropertyOptional()
  pausedAt?: Date;

  @ApiPropertyOptional({ format: 'date', description: 'The day on which it goes on by itself.' })
  pausedUntilOn?: string;

  @ApiPropertyOptional({ ...wording, description: 'Name of the action that paused it.' })
  pauseReasonName?: Readonly<Record<string, string>>;

  @ApiPropertyOptional({ type: DurationAnswer, description: 'What is left of it while it is paused.' })
  remaining?: DurationAnswer;

  @ApiPropertyOptional()
  finishedAt?: Date;

  @ApiProperty({ type: [ClockPauseAnswer], description: 'The pauses that are over, oldest first.' })
  pauses!: readonly ClockPauseAnswer[];

  @ApiProperty({ type: 'integer', description: 'How often it was given more time.' })
  extensions!: number;

  @ApiPropertyOptional({ format: 'date', description: 'The day on which it first ran out, when it was given more time after that.' })
  missedOn?: string;

  @ApiProperty()
  isLate!: boolean;

  @ApiProperty({ type: 'integer', description: 'How many times it has been noticed.' })
  level!: number;
}

/** One field of an action. */
@ApiSchema({ name: 'ActionInput' })
export class ActionInputAnswer {
  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: INPUT_TYPES })
  type!: InputType;

  @ApiProperty()
  required!: boolean;

  @ApiProperty(wording)
  label!: Readonly<Record<string, string>>;

  @ApiPropertyOptional(wording)
  hint?: Readonly<Record<string, string>>;

  @ApiProperty(namedCodes)
  choices!: readonly NamedCode[];
}

/** Why an action cannot be taken now. */
@ApiSchema({ name: 'Refusal' })
export class RefusalAnswer {
  @ApiProperty({
    enum: [
      'wrong_stage',
      'role_not_allowed',
      'not_on_team',
      'guard_failed',
      'closed',
      'awaiting_approval',
      'clock_not_running',
      'clock_not_paused',
      'no_extension_left',
      'clock_overdue',
    ],
  })
  code!: string;

  @ApiPropertyOptional({
    description: `For \`guard_failed\`: ${GUARD_NAMES.join(', ')}, or a fact of the procedure, perhaps with \`not_\` before it.`,
  })
  guard?: string;

  @ApiPropertyOptional({
    type: 'object',
    required: ['name', 'mustHold'],
    properties: { name: { type: 'object', additionalProperties: { type: 'string' } }, mustHold: { type: 'boolean' } },
    description: 'The fact that the guard asks for, in words.',
  })
  fact?: { readonly name: Readonly<Record<string, string>>; readonly mustHold: boolean };
}

/** An action with what the procedure says of it now. */
@ApiSchema({ name: 'Action' })
export class ActionAnswer {
  @ApiProperty()
  code!: string;

  @ApiProperty(wording)
  name!: Readonly<Record<string, string>>;

  @ApiPropertyOptional(wording)
  hint?: Readonly<Record<string, string>>;

  @ApiProperty({ description: 'Code of the stage it leads to, or `same`.' })
  to!: string;

  @ApiProperty({ type: [ActionInputAnswer] })
  inputs!: readonly ActionInputAnswer[];

  @ApiProperty({ enum: requirement })
  reason!: (typeof requirement)[number];

  @ApiProperty({ enum: requirement, description: 'A letter to the complainant.' })
  message!: (typeof requirement)[number];

  @ApiPropertyOptional(wording)
  messageHint?: Readonly<Record<string, string>>;

  @ApiProperty({ ...namedCodes, description: 'To choose from; empty when the action closes nothing or has one outcome.' })
  outcomes!: readonly NamedCode[];

  @ApiProperty()
  allowed!: boolean;

  @ApiPropertyOptional({ type: RefusalAnswer })
  refusal?: RefusalAnswer;

  @ApiProperty({ type: [RefusalAnswer], description: 'Every reason why not; the first is `refusal`. Empty when it is allowed.' })
  refusals!: readonly RefusalAnswer[];

  @ApiProperty({ description: 'True when nothing happens until a second person agrees.' })
  needsApproval!: boolean;
}

/** What people can do in other stages. */
@ApiSchema({ name: 'LaterAction' })
export class LaterActionAnswer {
  @ApiProperty()
  code!: string;

  @ApiProperty(wording)
  name!: Readonly<Record<string, string>>;

  @ApiProperty({ ...namedCodes, description: 'The stages in which it can be taken.' })
  stages!: readonly NamedCode[];
}

/** What waits for a second person. */
@ApiSchema({ name: 'Approval' })
export class ApprovalAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  action!: string;

  @ApiProperty(wording)
  actionName!: Readonly<Record<string, string>>;

  @ApiProperty({ type: StaffNameAnswer })
  requestedBy!: StaffNameAnswer;

  @ApiProperty()
  requestedAt!: Date;

  @ApiProperty()
  answerDueAt!: Date;

  @ApiProperty()
  isLate!: boolean;

  @ApiPropertyOptional()
  reason?: string;

  @ApiPropertyOptional()
  message?: string;

  @ApiPropertyOptional(wording)
  outcomeName?: Readonly<Record<string, string>>;

  @ApiProperty({
    type: 'array',
    items: {
      type: 'object',
      required: ['label', 'text'],
      properties: {
        label: { type: 'object', additionalProperties: { type: 'string' } },
        text: { oneOf: [{ type: 'string' }, { type: 'object', additionalProperties: { type: 'string' } }] },
      },
    },
  })
  inputs!: readonly { readonly label: Readonly<Record<string, string>>; readonly text: string | Readonly<Record<string, string>> }[];

  @ApiProperty({ description: 'Whether you may be the second person.' })
  mayAnswer!: boolean;

  @ApiProperty({ description: 'Whether you asked for it.' })
  mayTakeBack!: boolean;
}

/** How the procedure names a stage. */
@ApiSchema({ name: 'StageWords' })
export class StageWordsAnswer {
  @ApiProperty()
  code!: string;

  @ApiProperty(wording)
  name!: Readonly<Record<string, string>>;
}

/** How the procedure names an action. */
@ApiSchema({ name: 'ActionWords' })
export class ActionWordsAnswer {
  @ApiProperty()
  code!: string;

  @ApiProperty(wording)
  name!: Readonly<Record<string, string>>;

  @ApiProperty({
    type: 'array',
    items: {
      type: 'object',
      required: ['name', 'label'],
      properties: { name: { type: 'string' }, label: { type: 'object', additionalProperties: { type: 'string' } } },
    },
  })
  inputs!: readonly { readonly name: string; readonly label: Readonly<Record<string, string>> }[];
}

/** A team by name. */
@ApiSchema({ name: 'TeamName' })
export class TeamNameAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

/** What the reader may do about who holds a track. */
@ApiSchema({ name: 'Handover' })
export class HandoverAnswer {
  @ApiProperty({ type: [StaffNameAnswer], description: 'Whom they may give it to.' })
  to!: readonly StaffNameAnswer[];

  @ApiProperty({ description: 'Whether they may put it back to the team.' })
  mayPutBack!: boolean;
}

/** One procedure running on the case. */
@ApiSchema({ name: 'CaseTrack' })
export class TrackAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  procedure!: string;

  @ApiProperty({ type: 'integer' })
  procedureVersion!: number;

  @ApiProperty(wording)
  title!: Readonly<Record<string, string>>;

  @ApiProperty()
  stage!: string;

  @ApiProperty(wording)
  stageName!: Readonly<Record<string, string>>;

  @ApiProperty({ type: 'integer', description: 'Send it back as `seenRevision`.' })
  revision!: number;

  @ApiProperty()
  openedAt!: Date;

  @ApiProperty()
  stageEnteredAt!: Date;

  @ApiProperty()
  closed!: boolean;

  @ApiPropertyOptional()
  closedAt?: Date;

  @ApiPropertyOptional()
  outcome?: string;

  @ApiPropertyOptional(wording)
  outcomeName?: Readonly<Record<string, string>>;

  @ApiProperty({ type: TeamNameAnswer })
  team!: TeamNameAnswer;

  @ApiPropertyOptional({ type: StaffNameAnswer })
  assignee?: StaffNameAnswer;

  @ApiProperty({ type: HandoverAnswer })
  handover!: HandoverAnswer;

  @ApiProperty()
  hasNews!: boolean;

  @ApiProperty({ type: [ClockAnswer] })
  clocks!: readonly ClockAnswer[];

  @ApiProperty({ type: [ActionAnswer], description: 'Every action from this stage, with why not where it is refused.' })
  actions!: readonly ActionAnswer[];

  @ApiProperty({ type: [LaterActionAnswer], description: 'What people can do in other stages; empty for a track that is closed.' })
  laterActions!: readonly LaterActionAnswer[];

  @ApiProperty({ type: [ApprovalAnswer], description: 'What waits for a second person.' })
  approvals!: readonly ApprovalAnswer[];

  @ApiProperty({ type: [ActionWordsAnswer], description: 'Every action of the procedure: what the timeline speaks of.' })
  vocabulary!: readonly ActionWordsAnswer[];

  @ApiProperty({ type: [StageWordsAnswer], description: 'Every stage of the procedure, for the same reason.' })
  stages!: readonly StageWordsAnswer[];
}
