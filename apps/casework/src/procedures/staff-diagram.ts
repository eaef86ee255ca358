import type { Procedure } from '@recourse/domain';
import { layOutDiagram, type Diagram, type DiagramMeasures } from '@recourse/web';
import { worded } from '../case/worded';

/** The picture of a procedure in the words of the staff. */
export interface StaffDiagram extends Diagram {
  /** The names behind the numbers on its arrows, from 1 on, and where on the page they are described. Actions that stay in their stage have no arrow. */
  readonly legend: readonly { readonly code: string; readonly name: string }[];
}

const MEASURES: DiagramMeasures = { boxWidth: 156, font: 14, line: 17, noteFont: 12, noteLine: 14, lane: 12, margin: 8 };

/** Every stage, and every action that moves, by its number; pure. `everywhere` is what stands for all stages that are no ends. */
export function staffDiagram(procedure: Procedure, language: string, everywhere: string): StaffDiagram {
  const moving = procedure.actions.filter(({ to }) => to !== 'same');
  const chart = {
    initial: procedure.initial,
    steps: procedure.stages.map(({ code, staffName, isEnd }) => ({ code, name: worded(staffName, language), isEnd })),
    moves: moving.map(({ from, to }, index) => ({ from, to, number: index + 1 })),
    everywhere,
  };
  return { ...layOutDiagram(chart, MEASURES), legend: moving.map(({ code, name }) => ({ code, name: worded(name, language) })) };
}
