import type { Procedure } from '@recourse/domain';
import { changedProcedure, diagramFaults, shippedProcedure, shippedProcedureCodes } from '@recourse/testing';
import { EVERYWHERE, type DiagramArrow } from '@recourse/web';
import { staffDiagram, type StaffDiagram } from './staff-diagram';

const shipped = shippedProcedureCodes().map(shippedProcedure);

const pictures: readonly (readonly [name: string, procedure: Procedure, diagram: StaffDiagram])[] = shipped.flatMap((procedure) =>
  ['en', 'ar'].map(
    (language) => [`${procedure.procedure} ${language}`, procedure, staffDiagram(procedure, language, 'In every open stage')] as const,
  ),
);

const numbersOn = ({ label }: DiagramArrow): readonly number[] =>
  (label?.text.lines ?? []).flatMap(({ text }) => text.split(/,\s*/)).flatMap((one) => (one === '' ? [] : [Number(one)]));

describe.each(pictures)('the picture of %s', (_name, procedure, diagram) => {
  it('has nothing on, across or outside of what it does not belong to', () => {
    expect(diagramFaults(diagram)).toEqual([]);
  });

  it('has every stage once, and every action that moves from every stage where it can be taken', () => {
    const { boxes, arrows, legend } = diagram;
    expect(
      boxes
        .map(({ code }) => code)
        .filter((code) => code !== EVERYWHERE)
        .sort(),
    ).toEqual(procedure.stages.map(({ code }) => code).sort());
    const open = procedure.stages.filter(({ isEnd }) => !isEnd).length;
    const moving = procedure.actions.filter(({ to }) => to !== 'same');
    expect(legend.map(({ code }) => code)).toEqual(moving.map(({ code }) => code));
    moving.forEach(({ from, to }, index) => {
      const drawn = arrows.filter((arrow) => arrow.to === to && numbersOn(arrow).includes(index + 1)).map((arrow) => arrow.from);
      expect(drawn.sort()).toEqual(from.length === open ? [EVERYWHERE] : [...from].sort());
    });
  });

  it('is narrow enough for a phone', () => {
    expect(diagram.width).toBeLessThanOrEqual(400);
  });
});

it('a picture holds names of any length, and as many ways as somebody writes', () => {
  const long = `staffName: { en: ${'Donaudampfschifffahrtsgesellschaftskapitän '.repeat(6)},`;
  const remedy = changedProcedure('remedy', (text) => text.replace('staffName: { en: Screening,', long));
  const { boxes } = staffDiagram(remedy, 'en', 'everywhere');
  const box = boxes.find(({ code }) => code === 'screening');
  expect(box?.text.lines.length).toBeGreaterThan(6);
  for (const { y } of box?.text.lines ?? []) expect(y > (box?.y ?? 0) && y < (box?.y ?? 0) + (box?.height ?? 0)).toBe(true);
});
