import { Controller, Get, Req } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { ListAccounts } from '@recourse/cases';
import { outage, Refuses, Requires, unknownParameter } from '@recourse/web';
import { presentStaff } from '../sign-in/present-staff';
import { AccountsAnswer } from './answers/account.answer';

/** Accounts for programs: the same use case as the page. */
@Controller('api/v1/accounts')
@Requires('staff:manage')
@ApiTags('accounts')
@ApiCookieAuth()
@Refuses(503, outage)
@Refuses(400, unknownParameter)
@Refuses(401, { sign_in_first: '' })
@Refuses(403, { forbidden: 'this is for administrators' })
export class AccountsApiController {
  constructor(private readonly listAccounts: ListAccounts) {}

  @Get()
  @ApiOperation({
    summary: 'Every account: who came in last, and whether somebody tried',
    description: 'No address and no name that was typed.',
  })
  @ApiOkResponse({ type: AccountsAnswer })
  async list(@Req() req: Request): Promise<AccountsAnswer> {
    return { items: await this.listAccounts.run({ actor: presentStaff(req) }) };
  }
}
