import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Public, SessionCookies } from '@recourse/web';
import { ExitPage } from './exit-page';

/** Every cookie there can be. With the visit's end the drafts in the pages behind: nobody finds them who presses "Back" afterwards. */
const cookieNames = ['return', 'receipt', 'visit', 'lang'];

/**
 * "Leave this page": forgets everything on this device, then goes to the neutral page. One answer longer than a plain link,
 * and worth it: with the plain link, the next person at the phone pressed "Back" and read the complaint.
 */
@Controller('leave')
@Public()
export class LeaveController {
  constructor(
    private readonly cookies: SessionCookies,
    private readonly exit: ExitPage,
  ) {}

  @Get()
  leave(@Res() res: Response): void {
    for (const name of cookieNames) this.cookies.forget(res, name);
    res.redirect(303, this.exit.url);
  }
}
