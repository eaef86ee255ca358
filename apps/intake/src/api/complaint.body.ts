import { ApiProperty, ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsEmail, IsIn, IsObject, IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { answerLimit, lineLimit, narrativeLimit, something } from '../complaint-form/within-limit';
import { said } from './said-by-api';

const languageTag = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;
const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Hours of silence. */
@ApiSchema({ name: 'QuietHours', description: 'Hours in which no nudge may arrive, in the time zone of the person.' })
export class QuietBody {
  @ApiProperty({ description: 'First minute of quiet.', example: '18:00', pattern: timeOfDay.source })
  @Matches(timeOfDay, said('time_of_day'))
  from!: string;

  @ApiProperty({
    description: 'When a nudge is welcome again. Earlier than `from` when the quiet spans midnight.',
    example: '08:00',
    pattern: timeOfDay.source,
  })
  @Matches(timeOfDay, said('time_of_day'))
  until!: string;

  @ApiProperty({ description: 'IANA name of the time zone.', example: 'Africa/Nairobi' })
  @MaxLength(60, said('too_long', { limit: 60 }))
  @IsString(said('text'))
  timeZone!: string;
}

/** Where a nudge may be sent. */
@ApiSchema({ name: 'Contact', description: 'A route for a nudge that says only that there is something to read.' })
export class ContactBody {
  @ApiProperty({ format: 'email' })
  @IsEmail({}, said('email'))
  email!: string;

  @ApiProperty({ description: 'True when the name of the institution must not appear in the nudge.' })
  @IsBoolean(said('boolean'))
  neutral!: boolean;

  @ApiPropertyOptional({ description: 'BCP 47 tag of the language of the nudge.', example: 'ar' })
  @IsOptional()
  @Matches(languageTag, said('language'))
  language?: string;

  @ApiPropertyOptional({ type: QuietBody })
  @IsOptional()
  @IsObject(said('object'))
  @ValidateNested()
  @Type(() => QuietBody)
  quiet?: QuietBody;
}

/** A complaint as a partner's own tool sends it. The form of the public pages makes the same thing. */
@ApiSchema({ name: 'Complaint', description: 'What somebody tells the institution. Only the language and the narrative must be there.' })
export class ComplaintBody {
  @ApiProperty({ description: 'BCP 47 tag of the language the text is written in.', example: 'fa' })
  @Matches(languageTag, said('language'))
  @IsString(said('language'))
  language!: string;

  @ApiProperty({ description: 'What happened, in the person’s own words.', maxLength: narrativeLimit })
  @MaxLength(narrativeLimit, said('too_long', { limit: narrativeLimit }))
  @Matches(something, said('empty'))
  @IsString(said('text'))
  narrative!: string;

  @ApiPropertyOptional({ description: 'BCP 47 tag of the language in which to answer; the language of the text when absent.' })
  @IsOptional()
  @Matches(languageTag, said('language'))
  answerLanguage?: string;

  @ApiPropertyOptional({ description: 'Day of the incident, when it is known.', format: 'date', example: '2026-09-14' })
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/, said('date'))
  incidentOn?: string;

  @ApiPropertyOptional({ description: 'When it happened, in words.', maxLength: answerLimit })
  @IsOptional()
  @MaxLength(answerLimit, said('too_long', { limit: answerLimit }))
  @IsString(said('text'))
  incidentWhen?: string;

  @ApiPropertyOptional({ description: 'ISO 3166-1 alpha-2 code of the country where it happened. Stays readable.', example: 'TZ' })
  @IsOptional()
  @Matches(/^[A-Z]{2}$/, said('country'))
  country?: string;

  @ApiPropertyOptional({ description: 'Where it happened, in words.', maxLength: answerLimit })
  @IsOptional()
  @MaxLength(answerLimit, said('too_long', { limit: answerLimit }))
  @IsString(said('text'))
  place?: string;

  @ApiPropertyOptional({ description: 'The company, or how to recognise those who did it.', maxLength: answerLimit })
  @IsOptional()
  @MaxLength(answerLimit, said('too_long', { limit: answerLimit }))
  @IsString(said('text'))
  companyDescription?: string;

  @ApiPropertyOptional({ enum: ['self', 'somebody_else', 'group', 'nobody_known'], description: 'Who was harmed.' })
  @IsOptional()
  @IsIn(['self', 'somebody_else', 'group', 'nobody_known'], said('choice'))
  harmed?: 'self' | 'somebody_else' | 'group' | 'nobody_known';

  @ApiPropertyOptional({ description: 'Who they are, when it is not the person who writes.', maxLength: answerLimit })
  @IsOptional()
  @MaxLength(answerLimit, said('too_long', { limit: answerLimit }))
  @IsString(said('text'))
  affected?: string;

  @ApiPropertyOptional({ description: 'What would help to put it right.', maxLength: answerLimit })
  @IsOptional()
  @MaxLength(answerLimit, said('too_long', { limit: answerLimit }))
  @IsString(said('text'))
  remedySought?: string;

  @ApiPropertyOptional({ enum: ['yes', 'no', 'not_sure'], description: 'Whether anybody is in danger now.' })
  @IsOptional()
  @IsIn(['yes', 'no', 'not_sure'], said('choice'))
  danger?: 'yes' | 'no' | 'not_sure';

  @ApiPropertyOptional({ description: 'What makes it safe or unsafe to answer.', maxLength: answerLimit })
  @IsOptional()
  @MaxLength(answerLimit, said('too_long', { limit: answerLimit }))
  @IsString(said('text'))
  safeToReply?: string;

  @ApiPropertyOptional({
    enum: ['harm', 'credible_evidence', 'company_mechanism', 'other'],
    default: 'harm',
    description: 'Stays readable.',
  })
  @IsOptional()
  @IsIn(['harm', 'credible_evidence', 'company_mechanism', 'other'], said('choice'))
  kind?: 'harm' | 'credible_evidence' | 'company_mechanism' | 'other';

  @ApiPropertyOptional({
    enum: ['anonymous', 'confidential', 'open'],
    default: 'anonymous',
    description: 'How far the name may go. Stays readable.',
  })
  @IsOptional()
  @IsIn(['anonymous', 'confidential', 'open'], said('choice'))
  anonymity?: 'anonymous' | 'confidential' | 'open';

  @ApiPropertyOptional({
    description: 'How the person is called. Only with `anonymity` `confidential` or `open`; refused otherwise.',
    maxLength: lineLimit,
  })
  @IsOptional()
  @MaxLength(lineLimit, said('too_long', { limit: lineLimit }))
  @IsString(said('text'))
  name?: string;

  @ApiPropertyOptional({
    enum: ['ask_first', 'without_name', 'with_name', 'no'],
    default: 'ask_first',
    description: 'Whether the company may be told.',
  })
  @IsOptional()
  @IsIn(['ask_first', 'without_name', 'with_name', 'no'], said('choice'))
  tellCompany?: 'ask_first' | 'without_name' | 'with_name' | 'no';

  @ApiPropertyOptional({ type: ContactBody })
  @IsOptional()
  @IsObject(said('object'))
  @ValidateNested()
  @Type(() => ContactBody)
  contact?: ContactBody;
}
