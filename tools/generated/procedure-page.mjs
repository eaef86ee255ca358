import { code, page, table } from './markdown.mjs';

/** @typedef {import('../../libs/domain/src/procedures/procedure').Procedure} Procedure */
/** @typedef {import('../../libs/domain/src/procedures/procedure').Stage} Stage */
/** @typedef {import('../../libs/domain/src/procedures/procedure').Action} Action */
/** @typedef {import('../../libs/domain/src/clocks/duration').Duration} Duration */

/**
 * What a procedure says, for people who do not read YAML: a diagram and three tables.
 * @param {Procedure} procedure
 * @param {string} source the document, from the root of the project
 * @returns {string}
 */
export function procedurePage(procedure, source) {
  return page(
    `${procedure.title.en}: procedure \`${procedure.procedure}\`, version ${procedure.version}`,
    source,
    `Languages: ${procedure.languages.join(', ')}. Calendar: ${code(procedure.calendar)}. A track begins in ${code(procedure.initial)}.`,
    diagram(procedure),
    '## Stages',
    table(['Stage', 'Staff say', 'The complainant reads', 'Ends'], procedure.stages.map(stageRow)),
    '## Actions',
    table(['Action', 'Button', 'From', 'To', 'Who', 'Only if', 'Asks for', 'Letter', 'Clocks'], procedure.actions.map(actionRow)),
    '## Clocks',
    table(
      ['Clock', 'In stage', 'Within', 'Reminds before', 'Tells', 'When it stays undone', 'Then again every'],
      procedure.stages.flatMap(clockRows),
    ),
    '## Closing outcomes',
    table(
      ['Outcome', 'Staff say', 'The complainant reads'],
      procedure.closingOutcomes.map((outcome) => [code(outcome.code), outcome.staffName.en, outcome.publicName.en]),
    ),
  );
}

/** @param {Procedure} procedure */
function diagram(procedure) {
  const names = procedure.stages.map((stage) => `  state "${stage.staffName.en}" as ${stage.code}`);
  const moves = procedure.actions
    .filter((action) => action.to !== 'same')
    .flatMap((action) => action.from.map((from) => `  ${from} --> ${action.to}: ${action.code}`));
  const ends = procedure.stages.filter((stage) => stage.isEnd).map((stage) => `  ${stage.code} --> [*]`);
  return ['```mermaid', 'stateDiagram-v2', ...names, `  [*] --> ${procedure.initial}`, ...moves, ...ends, '```'].join('\n');
}

/** @param {Stage} stage */
function stageRow(stage) {
  return [code(stage.code), stage.staffName.en, `${stage.publicMeaning.en} ${stage.publicNext.en}`, stage.isEnd ? 'yes' : ''];
}

/** @param {Action} action */
function actionRow(action) {
  const inputs = action.inputs.map(({ name, required }) => `${code(name)}${required ? '' : ' (optional)'}`);
  const reason = action.reason === 'none' ? [] : [`reason${action.reason === 'optional' ? ' (optional)' : ''}`];
  const outcome = action.outcomes.length > 1 ? [`outcome: ${action.outcomes.map(code).join(', ')}`] : [];
  return [
    code(action.code),
    action.name.en,
    action.from.map(code).join(', '),
    action.to === 'same' ? 'stays' : code(action.to),
    [...action.roles, ...(action.trigger ? [`on ${code(action.trigger)}`] : [])].join(', '),
    action.guards.map(code).join(', '),
    [...inputs, ...outcome, ...reason].join('; '),
    action.message === 'none' ? '' : action.message,
    action.clocks,
  ];
}

/** @param {Stage} stage */
function clockRows(stage) {
  return stage.clocks.map((clock) => [
    code(clock.code),
    code(stage.code),
    words(clock.within),
    clock.warnBefore.map(words).join(', '),
    clock.tell.join(', '),
    clock.ladder.map(({ after, tell }) => `${words(after)} late: ${tell.join(', ')}`).join('; '),
    clock.repeatEvery ? words(clock.repeatEvery) : '',
  ]);
}

/** @param {Duration} duration */
function words({ amount, unit }) {
  return `${amount} ${unit.replaceAll('_', ' ').replace(/s$/, '')}${amount === 1 ? '' : 's'}`;
}
