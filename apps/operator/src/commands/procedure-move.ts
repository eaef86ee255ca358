import { MoveTracks, RuleBook, type FailedMove, type MoveReport, type MoveTracksResult } from '@recourse/cases';
import { SAME_CODES } from '@recourse/domain';
import { EXIT, textOf, type Command, type CommandContext } from '../command';
import { chosen, counted } from '../counted';
import { readDocument, tellProblems } from '../documents';
import { withDatabase } from '../with-database';

/** Moves open cases to another version. */
export const procedureMove: Command = {
  name: 'procedure move',
  usage: 'PROCEDURE FROM TO [--mapping FILE] [--preview]',
  summary:
    'Move the open cases of one published version of a procedure to another one. With --preview, tell what would happen and change nothing.',
  help: [
    'What has another code in the new version needs a line in the mapping (docs/procedures.md). No date that was promised moves, and no case is closed.',
    'A case that nobody on its team could ever close under the new version, because of what was done on it or was not, stays as it was; --preview names it.',
  ].join('\n'),
  options: { mapping: { type: 'string' }, preview: { type: 'boolean' } },
  words: [3, 3],
  run: async (context, given) => {
    const [procedure = '', from = '', to = ''] = given.positionals;
    if (![from, to].every((version) => /^[1-9]\d{0,8}$/.test(version))) {
      context.note('FROM and TO are numbers of published versions.');
      return EXIT.usage;
    }
    const file = textOf(given, 'mapping');
    const mapping = file === undefined ? { text: SAME_CODES, fileName: 'without --mapping' } : await readDocument(context, file);
    if (mapping === undefined) {
      return EXIT.noInput;
    }
    const isPreview = given.values['preview'] === true;
    return withDatabase(context.settings().databaseUrl, async (dataSource) => {
      const input = { procedure, from: Number(from), to: Number(to), mapping, isPreview, now: context.clock().now() };
      const result = await new MoveTracks(dataSource, new RuleBook()).run(input);
      return result.ok ? tell(context, result.report, isPreview) : refuse(context, procedure, result);
    });
  },
};

function tell({ say, note }: CommandContext, { moved, failed }: MoveReport, isPreview: boolean): number {
  for (const { reference, from, to, carried, started, ended } of moved) {
    const parts = [
      from === to ? from : `${from} -> ${to}`,
      ...(carried.length > 0 ? [`goes on: ${carried.join(', ')}`] : []),
      ...(started.length > 0 ? [`starts: ${started.join(', ')}`] : []),
      ...(ended.length > 0 ? [`no longer needed: ${ended.join(', ')}`] : []),
    ];
    say(`${reference}  ${parts.join('; ')}`);
  }
  for (const one of failed) {
    note(`${one.reference} ${isPreview ? 'would stay as it is' : 'stays as it was'}: ${whyOf(one)}`);
  }
  const lapsed = moved.reduce((sum, one) => sum + one.lapsed, 0);
  const cases = counted(moved.length, 'open case');
  note(isPreview ? `${cases} would move. Nothing was changed.` : `${cases} ${chosen(moved.length, 'was', 'were')} moved.`);
  if (lapsed > 0) note(`${counted(lapsed, 'request')} for a second person lapsed: whoever asked must ask again.`);
  if (failed.length > 0) {
    const stay = isPreview
      ? chosen(failed.length, 'would stay as it is', 'would stay as they are')
      : chosen(failed.length, 'stays as it was', 'stay as they were');
    note(`${failed.length} ${stay}. Run it again once the reason is mended.`);
  }
  return failed.length > 0 ? EXIT.refused : EXIT.ok;
}

function whyOf(failed: FailedMove): string {
  if (failed.reason === 'no_way_out') {
    return `in “${failed.stage}” nobody on its team could ever close it by the new rules, given what was done on it so far. Publish a version with a way out from there, or map its stage to another one.`;
  }
  return failed.error instanceof Error ? failed.error.message : 'unknown reason';
}

function refuse(context: CommandContext, procedure: string, result: Extract<MoveTracksResult, { readonly ok: false }>): number {
  switch (result.code) {
    case 'same_version':
      context.note('The two versions are the same: there is nothing to move.');
      break;
    case 'unknown_version':
      context.note(`${procedure}, version ${result.version} is not published. Publish it first.`);
      break;
    case 'invalid':
      context.note('Nothing was changed.');
      return tellProblems(context, result.problems);
  }
  return EXIT.refused;
}
