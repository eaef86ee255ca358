import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '@recourse/config';
import { parseProcedure, type Procedure } from '@recourse/domain';
import { diagramOf, type Diagram, type DiagramArrow, type Rectangle } from './diagram';

const folder = join(projectRoot, 'libs/domain/procedures');

function parsed(text: string, name: string): Procedure {
  const result = parseProcedure(text, name);
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.problems)}`);
  return result.procedure;
}

const shipped = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => parsed(readFileSync(join(folder, name), 'utf8'), name));

const pictures: readonly (readonly [name: string, procedure: Procedure, diagram: Diagram])[] = shipped.flatMap((procedure) =>
  ['en', 'ar'].map(
    (language) => [`${procedure.procedure} ${language}`, procedure, diagramOf(procedure, language, 'In every open stage')] as const,
  ),
);

const overlap = (one: Rectangle, other: Rectangle): boolean =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;

/** The pieces of an arrow, each a rectangle without width or height. */
const pieces = ({ points }: DiagramArrow): readonly Rectangle[] =>
  points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    return { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y) };
  });

const numbersOn = ({ label }: DiagramArrow): readonly number[] =>
  label.text.lines.flatMap(({ text }) => text.split(/,\s*/)).flatMap((one) => (one === '' ? [] : [Number(one)]));

describe.each(pictures)('the picture of %s', (_name, procedure, { width, height, boxes, arrows, legend }) => {
  it('has no label on a stage, nor on another label', () => {
    for (const { label } of arrows) {
      expect(boxes.filter((box) => overlap(box, label)).map(({ code }) => code)).toEqual([]);
      expect(arrows.filter((other) => other.label !== label && overlap(other.label, label))).toEqual([]);
    }
  });

  it('has no arrow across a stage, and none that is not level or upright', () => {
    for (const arrow of arrows) {
      for (const piece of pieces(arrow)) {
        expect(piece.width === 0 || piece.height === 0).toBe(true);
        expect(boxes.filter((box) => overlap(box, piece)).map(({ code }) => `${arrow.from} to ${arrow.to} across ${code}`)).toEqual([]);
      }
    }
  });

  it('has no other arrow across a label', () => {
    for (const { label, from, to } of arrows) {
      const others = arrows.filter((other) => other.from !== from || other.to !== to);
      expect(
        others.filter((other) => pieces(other).some((piece) => overlap(label, piece))).map((one) => `${one.from} to ${one.to}`),
      ).toEqual([]);
    }
  });

  it('has two lines on each other only where both lead to the same stage', () => {
    for (const one of arrows) {
      for (const other of arrows.filter(({ to }) => to !== one.to)) {
        const shared = pieces(one).flatMap((piece) =>
          pieces(other).filter(
            (beside) =>
              (piece.width === 0 &&
                beside.width === 0 &&
                piece.x === beside.x &&
                piece.y < beside.y + beside.height &&
                beside.y < piece.y + piece.height) ||
              (piece.height === 0 &&
                beside.height === 0 &&
                piece.y === beside.y &&
                piece.x < beside.x + beside.width &&
                beside.x < piece.x + piece.width),
          ),
        );
        expect(shared).toEqual([]);
      }
    }
  });

  it('begins and ends every arrow at the edges of its stages', () => {
    const touches = ({ x, y, width: w, height: h }: Rectangle, { x: px, y: py }: { x: number; y: number }): boolean =>
      px >= x && px <= x + w && py >= y && py <= y + h;
    for (const { from, to, points } of arrows) {
      const [start, end] = [points[0], points.at(-1)];
      expect(boxes.filter((box) => start && touches(box, start)).map(({ code }) => code)).toContain(from);
      expect(boxes.filter((box) => end && touches(box, end)).map(({ code }) => code)).toContain(to);
    }
  });

  it('has every stage once, and every action that moves from every stage where it can be taken', () => {
    expect(
      boxes
        .map(({ code }) => code)
        .filter((code) => code !== '*')
        .sort(),
    ).toEqual(procedure.stages.map(({ code }) => code).sort());
    const open = procedure.stages.filter(({ isEnd }) => !isEnd).length;
    const moving = procedure.actions.filter(({ to }) => to !== 'same');
    expect(legend.map(({ code }) => code)).toEqual(moving.map(({ code }) => code));
    moving.forEach(({ from, to }, index) => {
      const drawn = arrows.filter((arrow) => arrow.to === to && numbersOn(arrow).includes(index + 1)).map((arrow) => arrow.from);
      expect(drawn.sort()).toEqual(from.length === open ? ['*'] : [...from].sort());
    });
  });

  it('lies within its frame, and is narrow enough for a phone', () => {
    const all: readonly Rectangle[] = [...boxes, ...arrows.map(({ label }) => label), ...arrows.flatMap(pieces)];
    expect(all.filter(({ x, y, width: w, height: h }) => x < 0 || y < 0 || x + w > width || y + h > height)).toEqual([]);
    expect(width).toBeLessThanOrEqual(400);
  });
});

it('a picture holds names of any length, and as many ways as somebody writes', () => {
  const text = readFileSync(join(folder, 'remedy.yaml'), 'utf8').replace(
    'staffName: { en: Screening,',
    `staffName: { en: ${'Donaudampfschifffahrtsgesellschaftskapitän '.repeat(6)},`,
  );
  const { boxes } = diagramOf(parsed(text, 'remedy.yaml'), 'en', 'everywhere');
  const box = boxes.find(({ code }) => code === 'screening');
  expect(box?.text.lines.length).toBeGreaterThan(6);
  for (const { y } of box?.text.lines ?? []) expect(y > (box?.y ?? 0) && y < (box?.y ?? 0) + (box?.height ?? 0)).toBe(true);
});
