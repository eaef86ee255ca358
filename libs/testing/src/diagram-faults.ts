import type { Diagram, DiagramArrow, Rectangle } from '@recourse/web';

/** What is wrong with a picture for whoever looks at it, each in a sentence; nothing when it can be read. */
export function diagramFaults(diagram: Diagram): readonly string[] {
  return [
    ...overlappingBoxes(diagram),
    ...textOutsideOfBoxes(diagram),
    ...coveredLabels(diagram),
    ...linesAcross(diagram),
    ...linesOnEachOther(diagram),
    ...looseEnds(diagram),
    ...outsideOfTheFrame(diagram),
  ];
}

const overlap = (one: Rectangle, other: Rectangle): boolean =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;

/** The pieces of an arrow, each a rectangle without width or height. */
const pieces = ({ points }: DiagramArrow): readonly Rectangle[] =>
  points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    return { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y) };
  });

const named = ({ from, to }: DiagramArrow): string => `${from} to ${to}`;

function overlappingBoxes({ boxes }: Diagram): readonly string[] {
  return boxes.flatMap((one, index) =>
    boxes.slice(index + 1).flatMap((other) => (overlap(one, other) ? [`${one.code} lies on ${other.code}`] : [])),
  );
}

/** By the height of its feet: how wide letters are is known to the browser alone. */
function textOutsideOfBoxes({ boxes, measures }: Diagram): readonly string[] {
  return boxes.flatMap(({ code, y, height, text, smallText }) => {
    const feet = [...text.lines, ...smallText.lines].map((line) => line.y);
    const isInside = feet.every((foot, index) => foot < y + height && foot > (feet[index - 1] ?? y + measures.noteFont / 2));
    return isInside ? [] : [`the text of ${code} is not below itself, or not in its box`];
  });
}

function coveredLabels({ boxes, arrows }: Diagram): readonly string[] {
  return arrows.flatMap((arrow) => {
    const { label } = arrow;
    if (label === undefined) return [];
    const others = arrows.filter((other) => other.label !== label);
    return [
      ...boxes.filter((box) => overlap(box, label)).map(({ code }) => `the label of ${named(arrow)} lies on ${code}`),
      ...others
        .filter((other) => other.label && overlap(other.label, label))
        .map((other) => `the labels of ${named(arrow)} and ${named(other)} lie on each other`),
      ...others
        .filter((other) => pieces(other).some((piece) => overlap(label, piece)))
        .map((other) => `${named(other)} goes across the label of ${named(arrow)}`),
    ];
  });
}

function linesAcross({ boxes, arrows }: Diagram): readonly string[] {
  return arrows.flatMap((arrow) =>
    pieces(arrow).flatMap((piece) => [
      ...(piece.width === 0 || piece.height === 0 ? [] : [`${named(arrow)} is neither level nor upright`]),
      ...boxes.filter((box) => overlap(box, piece)).map(({ code }) => `${named(arrow)} goes across ${code}`),
    ]),
  );
}

/** Only where both lead to the same step. */
function linesOnEachOther({ arrows }: Diagram): readonly string[] {
  const isShared = (one: Rectangle, other: Rectangle): boolean =>
    (one.width === 0 && other.width === 0 && one.x === other.x && one.y < other.y + other.height && other.y < one.y + one.height) ||
    (one.height === 0 && other.height === 0 && one.y === other.y && one.x < other.x + other.width && other.x < one.x + one.width);
  return arrows.flatMap((one) =>
    arrows
      .filter((other) => other.to !== one.to && pieces(one).some((piece) => pieces(other).some((beside) => isShared(piece, beside))))
      .map((other) => `${named(one)} lies on ${named(other)}`),
  );
}

function looseEnds({ boxes, arrows }: Diagram): readonly string[] {
  const touches = ({ x, y, width, height }: Rectangle, at: { x: number; y: number } | undefined): boolean =>
    at !== undefined && at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height;
  return arrows.flatMap((arrow) => {
    const [from, to] = [arrow.from, arrow.to].map((code) => boxes.find((box) => box.code === code));
    return from && to && touches(from, arrow.points[0]) && touches(to, arrow.points.at(-1))
      ? []
      : [`${named(arrow)} does not begin and end at its boxes`];
  });
}

function outsideOfTheFrame({ width, height, boxes, arrows }: Diagram): readonly string[] {
  const all: readonly Rectangle[] = [...boxes, ...arrows.flatMap(({ label }) => label ?? []), ...arrows.flatMap(pieces)];
  return all
    .filter((one) => one.x < 0 || one.y < 0 || one.x + one.width > width || one.y + one.height > height)
    .map((one) => `${JSON.stringify(one)} lies outside of the frame`);
}
