import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ListAccounts } from '@recourse/cases';
import { PageRenderer, Requires } from '@recourse/web';
import { presentStaff } from '../sign-in/present-staff';

/** Every account, for whoever looks after them: who came in last, and whether somebody tried. */
@Controller('accounts')
@Requires('staff:manage')
export class AccountsController {
  constructor(
    private readonly listAccounts: ListAccounts,
    private readonly pages: PageRenderer,
  ) {}

  @Get()
  async show(@Req() req: Request, @Res() res: Response): Promise<void> {
    this.pages.render(res, 'accounts/accounts.njk', { accounts: await this.listAccounts.run({ actor: presentStaff(req) }) });
  }
}
