import { Controller, Get, Param, Req } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ReadProcedures } from '@recourse/cases';
import { outage, Refused, Refuses, Requires, unknownParameter } from '@recourse/web';
import { versionOf } from '../procedures/version-of';
import { signedIn } from '../sign-in/permissions';
import { presentStaff } from '../sign-in/present-staff';
import { ProcedureRulesAnswer, PublishedProceduresAnswer } from './answers/procedure.answer';
import { unreadableRules } from './unreadable-rules';

/** The published rules for programs: the same use case as the pages. */
@Controller('api/v1/procedures')
@Requires(signedIn)
@ApiTags('procedures')
@ApiCookieAuth()
@Refuses(503, { ...outage, ...unreadableRules })
@Refuses(400, unknownParameter)
@Refuses(401, { sign_in_first: '' })
export class ProceduresApiController {
  constructor(private readonly procedures: ReadProcedures) {}

  @Get()
  @ApiOperation({ summary: 'Every published version of every procedure' })
  @ApiOkResponse({ type: PublishedProceduresAnswer })
  async list(@Req() req: Request): Promise<PublishedProceduresAnswer> {
    return { items: await this.procedures.list(presentStaff(req)) };
  }

  @Get(':code/:version')
  @ApiOperation({ summary: 'The rules of one version', description: 'A published version never changes.' })
  @ApiParam({ name: 'code', example: 'remedy' })
  @ApiParam({ name: 'version', schema: { type: 'integer', minimum: 1 } })
  @ApiOkResponse({ type: ProcedureRulesAnswer })
  @Refuses(404, { not_found: 'it was never published' })
  async show(@Param('code') code: string, @Param('version') version: string): Promise<ProcedureRulesAnswer> {
    const number = versionOf(version);
    const rules = number === undefined ? undefined : await this.procedures.read(code, number);
    if (rules === undefined) throw new Refused(404, 'not_found');
    return { procedure: code, version: rules.version, rules };
  }
}
