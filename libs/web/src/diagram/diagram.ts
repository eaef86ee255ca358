import { balanced, textWidth, wrapped } from './diagram-text';
import { EVERYWHERE, lanesOf, waysOf, type DiagramChart, type Lane, type Way } from './diagram-ways';

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
  readonly lines: readonly TextLine[];
}

interface TextLine {
  readonly text: string;
  readonly y: number;
}

/** A step, or what stands for all of them. */
export interface DiagramBox extends Rectangle {
  readonly code: string;
  readonly kind: 'stage' | 'end' | 'everywhere';
  /** What is written in it, in one piece each. */
  readonly name: string;
  readonly note: string | undefined;
  readonly text: DiagramText;
  /** The lines of the note, below those of the name. */
  readonly smallText: DiagramText;
}

/** An arrow from box to box, made of level and upright pieces. */
export interface DiagramArrow {
  readonly from: string;
  readonly to: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** With the numbers of the moves that go this way, if they have any: names would cover each other. */
  readonly label: (Rectangle & { readonly text: DiagramText }) | undefined;
}

/** A picture of a procedure: steps in one column from top to bottom, forward ways at one side of it and ways back at the other. */
export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly measures: DiagramMeasures;
  /** Where the procedure begins: a dot above the first box. */
  readonly begin: { readonly x: number; readonly y: number };
  readonly boxes: readonly DiagramBox[];
  readonly arrows: readonly DiagramArrow[];
  /**
   * The `d` of paths, those to one step together: where these join, none passes over the other. Arrows that end in the same point are one path, with one head.
   */
  readonly lines: readonly (readonly string[])[];
}

/** How large things are, in the units of the picture. */
export interface DiagramMeasures {
  /** How wide a box is; at least, where `pictureWidth` is given. */
  readonly boxWidth: number;
  /** How wide the picture is to be: its boxes get what its lines leave. It is wider where that would be less than `boxWidth`. */
  readonly pictureWidth?: number;
  /** Size of the letters of a name, and from one line to the next. */
  readonly font: number;
  readonly line: number;
  /** The same of a note. */
  readonly noteFont: number;
  readonly noteLine: number;
  /** Whether the lines of a name are about as long as each other, and not each as long as it can be. */
  readonly balanced?: boolean;
  /** From one line beside the boxes to the next. */
  readonly lane: number;
  /** Around everything. */
  readonly margin: number;
}

const BOX = { padding: 10, least: 40 };
/** Names are bold; letters that are not are narrower by a tenth. */
const PLAIN = 0.9;
const LABEL = { font: 12, line: 14, padding: 3, beside: 2, below: 5 };
/** Room at the edge of a box for a line that leaves without a label. */
const BARE = 9;
/** Room above the first box for the dot and its arrow. */
const TOP = 26;
/** Half of the dot, and of its edge. */
const DOT = 6;
const GAP = 20;
const ROOM_OF_ARRIVAL = 16;

/** What a box needs at one side: where lines arrive and leave. */
interface Side {
  readonly arrives: Lane | undefined;
  readonly leaves: readonly { readonly lane: Lane; readonly way: Way; readonly lines: readonly string[] }[];
}

/** Lays a procedure out in one column, which fits a phone; pure. Lines run beside the boxes and never behind one. */
export function layOutDiagram(chart: DiagramChart, measures: DiagramMeasures): Diagram {
  const { codes, ways } = waysOf(chart);
  const isStep = ({ from, to }: Way): boolean => to === from + 1;
  const steps = new Map(ways.filter(isStep).map((way) => [way.from, way]));
  const forward = lanesOf(ways.filter((way) => way.to > way.from && !isStep(way)));
  const back = lanesOf(ways.filter(({ from, to }) => to < from));
  const sides = codes.map((_, index) => ({ right: sideOf(forward, index, true), left: sideOf(back, index, false) }));
  const zone = { right: labelZone(sides.map(({ right }) => right)), left: labelZone(sides.map(({ left }) => left)) };
  const { lane, margin } = measures;
  const x = margin + laneRoom(back, lane) + zone.left;
  const beyond = zone.right + laneRoom(forward, lane) + margin;
  const boxWidth = Math.max(measures.boxWidth, (measures.pictureWidth ?? 0) - x - beyond);
  const boxes = column(chart, measures, { codes, steps, sides, x, width: boxWidth });
  const laneX = {
    right: (distance: number) => x + boxWidth + zone.right + lane * (distance + 0.5),
    left: (distance: number) => x - zone.left - lane * (distance + 0.5),
  };
  const arrows = [
    ...[...steps.values()].map((way) => stepArrow(boxes, way)),
    ...sides.flatMap(({ right, left }, index) => [
      ...sideArrows(boxes, sides, index, right, 'right', laneX.right),
      ...sideArrows(boxes, sides, index, left, 'left', laneX.left),
    ]),
  ];
  return {
    width: x + boxWidth + beyond,
    height: (boxes.at(-1)?.y ?? 0) + (boxes.at(-1)?.height ?? 0) + margin,
    measures,
    begin: { x: x + boxWidth / 2, y: Math.max(margin, DOT) },
    boxes,
    arrows,
    lines: codes.map((code) => pathsTo(arrows.filter(({ to }) => to === code))),
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
  if (lines.length === 0) return { width: 0, height: 0 };
  const width = Math.max(...lines.map((line) => textWidth(line, LABEL.font))) + 2 * LABEL.padding;
  return { width, height: lines.length * LABEL.line + LABEL.padding };
}

/** How wide the strip between the boxes and the lines is: the labels of that side and an arrow's head fit in. */
function labelZone(sides: readonly Side[]): number {
  const widths = sides.flatMap(({ leaves }) => leaves.map(({ lines }) => labelSize(lines).width));
  return widths.length === 0 ? 0 : Math.max(...widths) + 12;
}

function laneRoom(lanes: readonly Lane[], lane: number): number {
  return lanes.length === 0 ? 0 : lane * (1 + Math.max(...lanes.map(({ distance }) => distance)));
}

/** Height of what arrives and leaves at one side. */
function sideHeight({ arrives, leaves }: Side): number {
  const labels = leaves.reduce((sum, { lines }) => sum + leavingHeight(lines) + LABEL.padding, 0);
  return labels + (arrives ? ROOM_OF_ARRIVAL : 0);
}

function leavingHeight(lines: readonly string[]): number {
  return lines.length === 0 ? BARE : labelSize(lines).height;
}

interface Column {
  readonly codes: readonly string[];
  readonly steps: ReadonlyMap<number, Way>;
  readonly sides: readonly { readonly right: Side; readonly left: Side }[];
  readonly x: number;
  readonly width: number;
}

function column(chart: DiagramChart, measures: DiagramMeasures, { codes, steps, sides, x, width }: Column): readonly DiagramBox[] {
  const boxes: DiagramBox[] = [];
  let y = measures.margin + TOP;
  codes.forEach((code, index) => {
    const step = chart.steps.find((one) => one.code === code);
    const { name, note } = step ?? { name: chart.everywhere };
    const inLines = measures.balanced ? balanced : wrapped;
    const lines = inLines(name, width - 2 * BOX.padding, measures.font);
    const small = inLines(note ?? '', width - BOX.padding, measures.noteFont * PLAIN);
    const beside = sides[index] ? Math.max(sideHeight(sides[index].right), sideHeight(sides[index].left)) : 0;
    const textHeight = lines.length * measures.line + small.length * measures.noteLine;
    const height = Math.max(BOX.least, textHeight + 2 * BOX.padding, beside + 8);
    const top = y + (height - textHeight) / 2;
    const kind = code === EVERYWHERE ? 'everywhere' : step?.isEnd ? 'end' : 'stage';
    const text = textFrom(x + width / 2, top, lines, measures.line, measures.font);
    const smallText = textFrom(text.x, top + lines.length * measures.line, small, measures.noteLine, measures.noteFont);
    boxes.push({ code, kind, name, note, x, y, width, height, text, smallText });
    const next = steps.get(index);
    y += height + GAP + (next ? labelSize(numberLines(next, LABEL.below)).height : 0);
  });
  return boxes;
}

/** Lines one below the other, in the middle of `x`, the first of them below `top`. */
function textFrom(x: number, top: number, lines: readonly string[], line: number, font: number): DiagramText {
  return { x, lines: lines.map((text, index) => ({ text, y: rounded(top + (index + 0.5) * line + font * 0.35) })) };
}

/** Numbers in the middle of their label. */
function labelled(at: Rectangle, lines: readonly string[]): DiagramArrow['label'] {
  if (lines.length === 0) return undefined;
  const top = at.y + (at.height - lines.length * LABEL.line) / 2;
  return { ...at, text: textFrom(at.x + at.width / 2, top, lines, LABEL.line, LABEL.font) };
}

/** To the next box: straight down, the numbers beside the line. */
function stepArrow(boxes: readonly DiagramBox[], way: Way): DiagramArrow {
  const [from, to] = [boxOf(boxes, way.from), boxOf(boxes, way.to)];
  const x = from.x + from.width / 2;
  const top = from.y + from.height;
  const lines = numberLines(way, LABEL.below);
  const { width, height } = labelSize(lines);
  const label = labelled({ x: x + 8, y: (top + to.y - height) / 2, width, height }, lines);
  return { from: from.code, to: to.code, points: [point(x, top), point(x, to.y)], label };
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
    const width = labelSize(lines).width;
    const height = leavingHeight(lines);
    const at = { x: name === 'right' ? edge + 4 : edge - 4 - width, y: y + LABEL.padding / 2, width, height };
    const middle = at.y + height / 2;
    y += height + LABEL.padding;
    const to = boxOf(boxes, way.to);
    const arrival = arrivalOf(to, sides[way.to]?.[name], name);
    const points = [
      point(edge, middle),
      point(laneX(lane.distance), middle),
      point(laneX(lane.distance), arrival),
      point(name === 'right' ? to.x + to.width : to.x, arrival),
    ];
    return { from: from.code, to: to.code, points, label: labelled(at, lines) };
  });
}

/** Ways forward arrive above what leaves, ways back below it. */
function arrivalOf(box: DiagramBox, side: Side | undefined, name: 'left' | 'right'): number {
  const height = side ? sideHeight(side) : 0;
  const top = box.y + (box.height - height) / 2;
  return name === 'right' ? top + ROOM_OF_ARRIVAL / 2 : top + height - ROOM_OF_ARRIVAL / 2;
}

/** The arrows to one box, those that arrive in the same point as one path. */
function pathsTo(arrows: readonly DiagramArrow[]): readonly string[] {
  const paths = new Map<string, string>();
  for (const { points } of arrows) {
    const end = JSON.stringify(points.at(-1));
    paths.set(end, (paths.get(end) ?? '') + pathOf(points));
  }
  return [...paths.values()];
}

/** The shortest way to write it: every piece is level or upright. */
function pathOf(points: DiagramArrow['points']): string {
  return points
    .map(({ x, y }, index) => {
      if (index === 0) return `M${String(x)} ${String(y)}`;
      return x === points[index - 1]?.x ? `V${String(y)}` : `H${String(x)}`;
    })
    .join('');
}

function point(x: number, y: number): { readonly x: number; readonly y: number } {
  return { x, y: rounded(y) };
}

function rounded(length: number): number {
  return Math.round(length * 10) / 10;
}

function boxOf(boxes: readonly DiagramBox[], index: number): DiagramBox {
  const box = boxes[index];
  if (!box) throw new Error(`there is no box ${String(index)}`);
  return box;
}
