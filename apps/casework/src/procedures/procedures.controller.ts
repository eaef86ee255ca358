import { Controller, Get, NotFoundException, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ReadProcedures } from '@recourse/cases';
import { COMPLAINT_KINDS } from '@recourse/domain';
import { contextOf, Languages, PageRenderer, Requires } from '@recourse/web';
import { codeWords } from '../case/code-word';
import { worded } from '../case/worded';
import { presentStaff } from '../sign-in/present-staff';
import { signedIn } from '../sign-in/permissions';
import { staffDiagram } from './staff-diagram';
import { procedureModel } from './procedure.page';
import { versionOf } from './version-of';

/** The published rules, for staff to read: which there are, and each with its diagram and the same as a table. */
@Controller('procedures')
@Requires(signedIn)
export class ProceduresController {
  constructor(
    private readonly procedures: ReadProcedures,
    private readonly pages: PageRenderer,
    private readonly languages: Languages,
  ) {}

  @Get()
  async list(@Req() req: Request, @Res() res: Response): Promise<void> {
    const { language } = contextOf(res);
    const published = await this.procedures.list(presentStaff(req));
    const say = this.pages.say(res);
    const list = (items: readonly string[]) => new Intl.ListFormat(language, { type: 'conjunction' }).format(items);
    const rows = published.map(({ beginsFor, ...one }) => ({
      ...one,
      begins: beginsFor.length === COMPLAINT_KINDS.length ? 'all' : list(beginsFor.map((kind) => say(`casework-procedures.kinds.${kind}`))),
      title: one.title && worded(one.title, language),
      href: `/procedures/${one.procedure}/${String(one.version)}`,
    }));
    this.pages.render(res, 'procedures/procedures.njk', { rows });
  }

  @Get(':code/:version')
  async show(
    @Param('code') code: string,
    @Param('version') version: string,
    @Req() req: Request,
    @Res() res: Response,
    @Query('open') open?: unknown,
  ): Promise<void> {
    const number = versionOf(version);
    const procedure = number === undefined ? undefined : await this.procedures.read(code, number);
    if (procedure === undefined) throw new NotFoundException();
    const say = this.pages.say(res);
    const { language } = contextOf(res);
    const published = await this.procedures.list(presentStaff(req));
    const titleOf = (other: string) => published.filter((one) => one.procedure === other).at(-1)?.title;
    const model = procedureModel(procedure, { language, say, word: codeWords(this.languages, say), titleOf });
    this.pages.render(res, 'procedures/procedure.njk', {
      ...model,
      // On paper, or to search in it, with a browser that cannot open what is folded.
      isAllOpen: open === 'all',
      diagram: staffDiagram(procedure, language, say('casework-procedures.all_stages')),
    });
  }
}
