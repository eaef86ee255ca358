import type { Action, Procedure, Stage } from '@recourse/domain';
import { worded } from '../case/worded';

/** A box, in the units of the picture. */
export interface DiagramBox {
  readonly x: number;
  readonly y: number;
  readonly lines: readonly { readonly text: string; readonly y: number }[];
  readonly isEnd: boolean;
}

/** An arrow from box to box, with the numbers of the actions that go this way: names would cover each other. */
export interface DiagramArrow {
  readonly path: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/** A picture of a procedure: stages in layers from the initial one downwards. */
export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly boxWidth: number;
  readonly boxHeight: number;
  readonly boxes: readonly DiagramBox[];
  readonly arrows: readonly DiagramArrow[];
  /** The names behind the numbers, from 1 on. */
  readonly legend: readonly string[];
}

const BOX = { width: 190, height: 54 };
const GAP = { across: 70, down: 130 };
const MARGIN = 24;
const LINE = 17;
/** What fits in a box, in characters. */
const WIDEST = 24;

interface Place {
  readonly layer: number;
  readonly x: number;
  readonly y: number;
}

/** Lays a procedure out; pure. Actions that stay in their stage have no arrow: the table has them. */
export function diagramOf(procedure: Procedure, language: string): Diagram {
  const layers = layersOf(procedure);
  const moving = procedure.actions.filter(({ to }) => to !== 'same');
  const widest = Math.max(...layers.map(({ length }) => length));
  const width = 2 * MARGIN + widest * BOX.width + (widest - 1) * GAP.across;
  const places = new Map<string, Place>();
  layers.forEach((layer, depth) => {
    const used = layer.length * BOX.width + (layer.length - 1) * GAP.across;
    layer.forEach(({ code }, index) => {
      const x = (width - used) / 2 + index * (BOX.width + GAP.across);
      places.set(code, { layer: depth, x, y: MARGIN + depth * (BOX.height + GAP.down) });
    });
  });
  return {
    width,
    height: 2 * MARGIN + layers.length * BOX.height + (layers.length - 1) * GAP.down,
    boxWidth: BOX.width,
    boxHeight: BOX.height,
    boxes: layers.flat().map((stage) => boxOf(stage, places.get(stage.code), language)),
    arrows: arrowsOf(moving, places),
    legend: moving.map(({ name }) => worded(name, language)),
  };
}

/** Stages by how many actions lead to them at least; what nothing leads to, which no published procedure has, comes last. */
function layersOf({ stages, actions, initial }: Procedure): readonly (readonly Stage[])[] {
  const layers: Stage[][] = [];
  let next = new Set([initial]);
  const seen = new Set<string>();
  while (next.size > 0) {
    const layer = stages.filter(({ code }) => next.has(code));
    layer.forEach(({ code }) => seen.add(code));
    layers.push(layer);
    const targets = actions.filter(({ from }) => from.some((code) => next.has(code))).map(({ to }) => to);
    next = new Set(targets.filter((code) => code !== 'same' && !seen.has(code)));
  }
  const rest = stages.filter(({ code }) => !seen.has(code));
  return rest.length > 0 ? [...layers, rest] : layers;
}

function boxOf(stage: Stage, place: Place | undefined, language: string): DiagramBox {
  const { x, y } = place ?? { x: 0, y: 0 };
  const lines = wrapped(worded(stage.staffName, language));
  const first = y + BOX.height / 2 - ((lines.length - 1) * LINE) / 2 + 5;
  return { x, y, isEnd: stage.isEnd, lines: lines.map((text, index) => ({ text, y: first + index * LINE })) };
}

function arrowsOf(actions: readonly Action[], places: ReadonlyMap<string, Place>): readonly DiagramArrow[] {
  const ways = new Map<string, { readonly from: string; readonly to: string; readonly numbers: number[] }>();
  actions.forEach(({ from, to }, index) => {
    for (const code of from.filter((one) => one !== to)) {
      const way = ways.get(`${code} ${to}`) ?? { from: code, to, numbers: [] };
      way.numbers.push(index + 1);
      ways.set(`${code} ${to}`, way);
    }
  });
  const leaving = new Map<string, number>();
  return [...ways.values()].flatMap((arrow) => {
    const [from, to] = [places.get(arrow.from), places.get(arrow.to)];
    if (!from || !to) return [];
    const before = leaving.get(arrow.from) ?? 0;
    leaving.set(arrow.from, before + 1);
    return [arrowBetween(from, to, before, arrow.numbers.join(', '))];
  });
}

/** Downwards from edge to edge; to the same layer or back, in a bow. The labels of arrows that leave one box stand at different heights. */
function arrowBetween(from: Place, to: Place, before: number, label: string): DiagramArrow {
  const down = to.layer > from.layer;
  const [x1, x2] = [from.x + BOX.width / 2 + (down ? 0 : 40), to.x + BOX.width / 2 + (down ? 0 : 40)];
  const [y1, y2] = [from.y + (down ? BOX.height : 0), to.y + (down ? 0 : BOX.height)];
  const bend = down ? GAP.down / 2 : -GAP.down / 2;
  const [c1, c2] = [y1 + bend, y2 - bend];
  const part = 0.3 + (before % 4) * 0.14;
  const at = (a: number, b: number, c: number, d: number): number =>
    Math.round((1 - part) ** 3 * a + 3 * (1 - part) ** 2 * part * b + 3 * (1 - part) * part ** 2 * c + part ** 3 * d);
  const y = at(y1, c1, c2, y2);
  return {
    path: `M${String(x1)} ${String(y1)} C${String(x1)} ${String(c1)} ${String(x2)} ${String(c2)} ${String(x2)} ${String(y2)}`,
    x: at(x1, x1, x2, x2),
    y,
    label,
  };
}

/** Words in lines that fit a box. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDEST) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
