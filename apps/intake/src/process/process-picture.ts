import { nominalDays, type Duration } from '@recourse/domain';
import { layOutDiagram, type Diagram, type DiagramMeasures, type Say } from '@recourse/web';
import type { ProcessPage, StagePage } from './process.page';

/** As wide as the text of a page on the smallest phone, where its letters are then as large as these numbers say. */
const MEASURES: DiagramMeasures = {
  boxWidth: 150,
  pictureWidth: 288,
  font: 16,
  line: 20,
  noteFont: 14,
  noteLine: 19,
  balanced: true,
  lane: 9,
  margin: 2,
};

/** The picture of a procedure for the public; pure. It is drawn from what the page says in words, and knows nothing else. */
export function processPicture({ begins, stages }: ProcessPage, say: Say): Diagram {
  const leadingTo = (code: string) => stages.filter(({ leadsTo }) => leadsTo.some((one) => one.code === code));
  const chart = {
    initial: begins,
    steps: stages.map((stage) => ({ code: stage.code, name: stage.name, note: noteOf(stage, say), isEnd: stage.isEnd })),
    moves: stages.map(({ code }) => ({ from: leadingTo(code).map((one) => one.code), to: code })),
    everywhere: say('intake-process.picture.everywhere'),
  };
  return layOutDiagram(chart, MEASURES);
}

/**
 * How long the step may take: the time for all of it, or the longest of those that are named; of several parts, the longest. Where the rules let it take longer,
 * it is no more than usual: whoever lengthens a time as the rules allow has not broken a promise. The step itself says by what and by how much.
 */
function noteOf({ isEnd, limits, parts }: StagePage, say: Say): string {
  if (isEnd) return say('intake-process.picture.end');
  const longest = [...limits].sort((one, other) => nominalDays(other.within) - nominalDays(one.within));
  const limit = longest.find(({ name }) => name === undefined) ?? longest[0];
  if (limit === undefined) return '';
  const time = inWords(limit.within, say);
  // A shorter time that may be lengthened can end up the longest.
  const areFirm = limits.every(({ changes }) => changes.length === 0);
  if (parts.length === 0) return say(`intake-process.picture.${areFirm ? 'time' : 'usual_time'}`, { time });
  return say(`intake-process.picture.${areFirm ? 'time_of_part' : 'usual_time_of_part'}`, { time });
}

/** The number stays with what it counts: where a line ends, “20” alone would be read as the end. */
function inWords({ amount, unit }: Duration, say: Say): string {
  return say(`intake-process.units.${unit}`, { count: amount }).replace(' ', '\u00a0');
}
