import { code, page, table } from './markdown.mjs';

/** @typedef {import('../../libs/domain/src/procedures/procedure').Procedure} Procedure */
/** @typedef {import('../../libs/domain/src/procedures/procedure').Stage} Stage */
/** @typedef {import('../../libs/domain/src/procedures/procedure').Action} Action */
/** @typedef {import('../../libs/domain/src/procedures/procedure').Clock} Clock */
/** @typedef {import('../../libs/domain/src/procedures/procedure').ClockOperation} ClockOperation */
/** @typedef {import('../../libs/domain/src/clocks/duration').Duration} Duration */

/**
 * What a procedure says, for people who do not read YAML: a diagram, and a table for each kind of code with what it means.
 * @param {Procedure} procedure
 * @param {string} source the document, from the root of the project
 * @returns {string}
 */
export function procedurePage(procedure, source) {
  return page(
    `${procedure.title.en}: procedure \`${procedure.procedure}\`, version ${procedure.version}`,
    source,
    `Languages: ${procedure.languages.join(', ')}. Calendar: ${code(procedure.calendar)}. A track begins in ${code(procedure.initial)}.`,
    ...(procedure.note ? [procedure.note.en] : []),
    diagram(procedure),
    '## Stages',
    table(['Stage', 'Staff say', 'The complainant reads', 'Ends'], procedure.stages.map(stageRow)),
    '## Actions',
    table(
      ['Action', 'Button', 'When', 'From', 'To', 'Who', 'Second person', 'Only if', 'Asks for', 'Letter', 'Clocks', 'Besides'],
      procedure.actions.map(actionRow),
    ),
    ...(procedure.facts.length > 0
      ? [
          '## Facts',
          table(
            ['Fact', 'Meaning'],
            procedure.facts.map((fact) => [code(fact.code), fact.name.en]),
          ),
        ]
      : []),
    '## Clocks',
    table(
      [
        'Clock',
        'Staff say',
        'The complainant reads',
        'Runs',
        'Within',
        'Reminds before',
        'Tells',
        'When it stays undone',
        'Then again every',
      ],
      [
        ...procedure.clocks.map((clock) => clockRow(clock, acrossStages(clock))),
        ...procedure.stages.flatMap((stage) => stage.clocks.map((clock) => clockRow(clock, `in ${code(stage.code)}`))),
      ],
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
    action.hint?.en ?? '',
    action.from.map(code).join(', '),
    action.to === 'same' ? 'stays' : code(action.to),
    [...action.roles, ...(action.trigger ? [`on ${code(action.trigger)}${action.onClock ? ` of ${code(action.onClock)}` : ''}`] : [])].join(
      ', ',
    ),
    action.approval ? `${action.approval.roles.join(' or ')} within ${words(action.approval.within)}` : '',
    action.guards.map(code).join(', '),
    [...inputs, ...outcome, ...reason].join('; '),
    action.message === 'none' ? '' : action.message,
    [action.clocks, ...action.changesClocks.map(operation)].join('; '),
    besides(action).join('; '),
  ];
}

/** @param {Action} action */
function besides({ establishes, revokes, opens, tellsStaff }) {
  return [
    ...(establishes.length > 0 ? [`establishes ${establishes.map(code).join(', ')}`] : []),
    ...(revokes.length > 0 ? [`revokes ${revokes.map(code).join(', ')}`] : []),
    ...(opens ? [`opens a track of ${code(opens)}`] : []),
    ...(tellsStaff.length > 0 ? [`tells ${tellsStaff.join(', ')}`] : []),
  ];
}

/** @param {ClockOperation} change */
function operation(change) {
  switch (change.operation) {
    case 'pause':
      return `${code(change.clock)} waits, ${words(change.atMost)} at most`;
    case 'extend':
      return `${code(change.clock)} gets ${words(change.by)} more, at most ${change.times === 1 ? 'once' : `${change.times} times`}`;
    case 'resume':
      return `${code(change.clock)} goes on`;
    case 'restart':
      return `${code(change.clock)} starts again`;
  }
}

/** @param {Clock} clock */
function acrossStages({ startsOn, pausesIn, stopsIn }) {
  const start = startsOn.on === 'action' ? `from each ${startsOn.actions.map(code).join(', ')}` : 'from the beginning';
  return [
    start,
    ...(pausesIn.length > 0 ? [`waits in ${pausesIn.map(code).join(', ')}`] : []),
    `until ${[...stopsIn.map(code), 'the end'].join(', ')}`,
  ].join('; ');
}

/**
 * @param {Clock} clock
 * @param {string} runs
 */
function clockRow(clock, runs) {
  return [
    code(clock.code),
    clock.name.en,
    clock.publicName?.en ?? '',
    runs,
    words(clock.within),
    clock.warnBefore.map(words).join(', '),
    clock.tell.join(', '),
    clock.ladder.map(rung).join('; '),
    clock.repeatEvery ? words(clock.repeatEvery) : '',
  ];
}

/** @param {Clock['ladder'][number]} rung */
function rung({ after, tell }) {
  return `${words(after)} late: ${tell.join(', ')}`;
}

/** @param {Duration} duration */
function words({ amount, unit }) {
  return `${amount} ${unit.replaceAll('_', ' ').replace(/s$/, '')}${amount === 1 ? '' : 's'}`;
}
