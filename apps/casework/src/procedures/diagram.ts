import { findStage, type Procedure } from '@recourse/domain';
import { worded } from '../case/worded';
import { textWidth, wrapped } from './diagram-text';
import { EVERYWHERE, lanesOf, waysOf, type Lane, type Way } from './diagram-ways';

/** A rectangle, in the units of the picture. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Lines of text, each with the height of its foot. They are centred on `x`. */
export interface DiagramText {
  readonly x: number;
  readonly lines: readonly { readonly text: string; readonly y: number }[];
}

/** A stage, or what stands for all of them. */
export interface DiagramBox extends Rectangle {
  readonly code: string;
  readonly kind: 'stage' | 'end' | 'everywhere';
  readonly text: DiagramText;
}

/** An arrow from box to box, made of level and upright pieces. */
export interface DiagramArrow {
  readonly from: string;
  readonly to: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** The same as the `d` of a path. */
  readonly path: string;
  /** With the numbers of the actions that go this way: names would cover each other. */
  readonly label: Rectangle & { readonly text: DiagramText };
}

/** A picture of a procedure: stages in one column from top to bottom, forward ways at one side of it and ways back at the other. */
export interface Diagram {
  readonly width: number;
  readonly height: number;
  /** Where the procedure begins: a dot above the first box. */
  readonly begin: { readonly x: number; readonly y: number };
  readonly boxes: readonly DiagramBox[];
  readonly arrows: readonly DiagramArrow[];
  /** The paths of the arrows, those to one stage together: where these join, none passes over the other. */
  readonly lines: readonly (readonly string[])[];
  /** The names behind the numbers, from 1 on, and where on the page they are described. */
  readonly legend: readonly { readonly code: string; readonly name: string }[];
}

const BOX = { width: 156, padding: 10, font: 14, line: 17, least: 40 };
const LABEL = { font: 12, line: 14, padding: 3, beside: 2, below: 5 };
const LANE = 12;
const MARGIN = 8;
/** Room above the first box for the dot and its arrow. */
const TOP = 34;
const GAP = { plain: 20, withArrow: 20 };
const ROOM_OF_ARRIVAL = 16;

/** What a box needs at one side: where lines arrive and leave. */
interface Side {
  readonly arrives: Lane | undefined;
  readonly leaves: readonly { readonly lane: Lane; readonly way: Way; readonly lines: readonly string[] }[];
}

/** Lays a procedure out in one column, which fits a phone; pure. Lines run beside the boxes and never behind one. */
export function diagramOf(procedure: Procedure, language: string, everywhere: string): Diagram {
  const { codes, ways, moving } = waysOf(procedure);
  const isStep = ({ from, to }: Way): boolean => to === from + 1;
  const steps = new Map(ways.filter(isStep).map((way) => [way.from, way]));
  const forward = lanesOf(ways.filter((way) => way.to > way.from && !isStep(way)));
  const back = lanesOf(ways.filter(({ from, to }) => to < from));
  const sides = codes.map((_, index) => ({ right: sideOf(forward, index, true), left: sideOf(back, index, false) }));
  const zone = { right: labelZone(sides.map(({ right }) => right)), left: labelZone(sides.map(({ left }) => left)) };
  const x = MARGIN + laneRoom(back) + zone.left;
  const boxes = column(procedure, { codes, language, everywhere, steps, sides, x });
  const width = x + BOX.width + zone.right + laneRoom(forward) + MARGIN;
  const laneX = {
    right: (distance: number) => x + BOX.width + zone.right + LANE * (distance + 0.5),
    left: (distance: number) => x - zone.left - LANE * (distance + 0.5),
  };
  const arrows = [
    ...[...steps.values()].map((way) => stepArrow(boxes, way)),
    ...sides.flatMap(({ right, left }, index) => [
      ...sideArrows(boxes, sides, index, right, 'right', laneX.right),
      ...sideArrows(boxes, sides, index, left, 'left', laneX.left),
    ]),
  ];
  return {
    width,
    height: (boxes.at(-1)?.y ?? 0) + (boxes.at(-1)?.height ?? 0) + MARGIN,
    begin: { x: x + BOX.width / 2, y: MARGIN },
    boxes,
    arrows,
    lines: codes.map((code) => arrows.filter(({ to }) => to === code).map(({ path }) => path)),
    legend: moving.map(({ code, name }) => ({ code, name: worded(name, language) })),
  };
}

/** Lines that leave to the farthest lane lie outside, so that those of one box do not cross each other. */
function sideOf(lanes: readonly Lane[], index: number, isForward: boolean): Side {
  const leaves = lanes
    .flatMap((lane) => lane.ways.filter(({ from }) => from === index).map((way) => ({ lane, way, lines: numberLines(way, LABEL.beside) })))
    .sort((one, other) => (isForward ? other.lane.distance - one.lane.distance : one.lane.distance - other.lane.distance));
  return { arrives: lanes.find(({ to }) => to === index), leaves };
}

function numberLines({ numbers }: Way, inOneLine: number): readonly string[] {
  const lines: string[] = [];
  for (let start = 0; start < numbers.length; start += inOneLine) {
    const isLast = start + inOneLine >= numbers.length;
    lines.push(`${numbers.slice(start, start + inOneLine).join(', ')}${isLast ? '' : ','}`);
  }
  return lines;
}

function labelSize(lines: readonly string[]): { readonly width: number; readonly height: number } {
  const width = Math.max(...lines.map((line) => textWidth(line, LABEL.font))) + 2 * LABEL.padding;
  return { width, height: lines.length * LABEL.line + LABEL.padding };
}

/** How wide the strip between the boxes and the lines is: the labels of that side and an arrow's head fit in. */
function labelZone(sides: readonly Side[]): number {
  const widths = sides.flatMap(({ leaves }) => leaves.map(({ lines }) => labelSize(lines).width));
  return widths.length === 0 ? 0 : Math.max(...widths) + 12;
}

function laneRoom(lanes: readonly Lane[]): number {
  return lanes.length === 0 ? 0 : LANE * (1 + Math.max(...lanes.map(({ distance }) => distance)));
}

/** Height of what arrives and leaves at one side. */
function sideHeight({ arrives, leaves }: Side): number {
  const labels = leaves.reduce((sum, { lines }) => sum + labelSize(lines).height + LABEL.padding, 0);
  return labels + (arrives ? ROOM_OF_ARRIVAL : 0);
}

interface Column {
  readonly codes: readonly string[];
  readonly language: string;
  readonly everywhere: string;
  readonly steps: ReadonlyMap<number, Way>;
  readonly sides: readonly { readonly right: Side; readonly left: Side }[];
  readonly x: number;
}

function column(procedure: Procedure, { codes, language, everywhere, steps, sides, x }: Column): readonly DiagramBox[] {
  const boxes: DiagramBox[] = [];
  let y = TOP;
  codes.forEach((code, index) => {
    const stage = findStage(procedure, code);
    const lines = wrapped(stage ? worded(stage.staffName, language) : everywhere, BOX.width - 2 * BOX.padding, BOX.font);
    const beside = sides[index] ? Math.max(sideHeight(sides[index].right), sideHeight(sides[index].left)) : 0;
    const height = Math.max(BOX.least, lines.length * BOX.line + 2 * BOX.padding, beside + 8);
    const kind = code === EVERYWHERE ? 'everywhere' : stage?.isEnd ? 'end' : 'stage';
    boxes.push({ code, kind, x, y, width: BOX.width, height, text: textIn({ x, y, width: BOX.width, height }, lines, BOX.line, BOX.font) });
    const step = steps.get(index);
    y += height + (step ? GAP.withArrow + labelSize(numberLines(step, LABEL.below)).height : GAP.plain);
  });
  return boxes;
}

/** Lines in the middle of a rectangle. */
function textIn({ x, y, width, height }: Rectangle, lines: readonly string[], line: number, font: number): DiagramText {
  const first = y + height / 2 - ((lines.length - 1) * line) / 2 + font * 0.35;
  return { x: x + width / 2, lines: lines.map((text, index) => ({ text, y: Math.round((first + index * line) * 10) / 10 })) };
}

/** To the next box: straight down, the numbers beside the line. */
function stepArrow(boxes: readonly DiagramBox[], way: Way): DiagramArrow {
  const [from, to] = [boxOf(boxes, way.from), boxOf(boxes, way.to)];
  const x = from.x + from.width / 2;
  const top = from.y + from.height;
  const lines = numberLines(way, LABEL.below);
  const { width, height } = labelSize(lines);
  const label = { x: x + 8, y: (top + to.y - height) / 2, width, height };
  return arrow(from, to, [point(x, top), point(x, to.y)], { ...label, text: textIn(label, lines, LABEL.line, LABEL.font) });
}

/** Out of the box, along the line of the target, and into it. */
function sideArrows(
  boxes: readonly DiagramBox[],
  sides: Column['sides'],
  index: number,
  side: Side,
  name: 'left' | 'right',
  laneX: (distance: number) => number,
): readonly DiagramArrow[] {
  const from = boxOf(boxes, index);
  const edge = name === 'right' ? from.x + from.width : from.x;
  let y = from.y + (from.height - sideHeight(side)) / 2 + (name === 'right' && side.arrives ? ROOM_OF_ARRIVAL : 0);
  return side.leaves.map(({ lane, way, lines }) => {
    const { width, height } = labelSize(lines);
    const label = { x: name === 'right' ? edge + 4 : edge - 4 - width, y: y + LABEL.padding / 2, width, height };
    const middle = label.y + height / 2;
    y += height + LABEL.padding;
    const to = boxOf(boxes, way.to);
    const arrival = arrivalOf(to, sides[way.to]?.[name], name);
    const points = [
      point(edge, middle),
      point(laneX(lane.distance), middle),
      point(laneX(lane.distance), arrival),
      point(name === 'right' ? to.x + to.width : to.x, arrival),
    ];
    return arrow(from, to, points, { ...label, text: textIn(label, lines, LABEL.line, LABEL.font) });
  });
}

/** Ways forward arrive above what leaves, ways back below it. */
function arrivalOf(box: DiagramBox, side: Side | undefined, name: 'left' | 'right'): number {
  const height = side ? sideHeight(side) : 0;
  const top = box.y + (box.height - height) / 2;
  return name === 'right' ? top + ROOM_OF_ARRIVAL / 2 : top + height - ROOM_OF_ARRIVAL / 2;
}

function arrow(from: DiagramBox, to: DiagramBox, points: DiagramArrow['points'], label: DiagramArrow['label']): DiagramArrow {
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${String(x)} ${String(y)}`).join(' ');
  return { from: from.code, to: to.code, points, path, label };
}

function point(x: number, y: number): { readonly x: number; readonly y: number } {
  return { x, y: Math.round(y * 10) / 10 };
}

function boxOf(boxes: readonly DiagramBox[], index: number): DiagramBox {
  const box = boxes[index];
  if (!box) throw new Error(`there is no box ${String(index)}`);
  return box;
}
