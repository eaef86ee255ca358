import { diagramFaults } from '@recourse/testing';
import { layOutDiagram, type Diagram, type DiagramMeasures } from './diagram';
import { textWidth, wrapped } from './diagram-text';
import { EVERYWHERE, type DiagramChart } from './diagram-ways';

const measures: DiagramMeasures = { boxWidth: 100, font: 14, line: 18, noteFont: 12, noteLine: 15, lane: 10, margin: 4 };

const chart: DiagramChart = {
  initial: 'sent',
  everywhere: 'anywhere',
  steps: [
    { code: 'asked', name: 'We ask you', isEnd: false },
    { code: 'sent', name: 'It came', note: '5 days', isEnd: false },
    { code: 'looked_at', name: 'Looked at', isEnd: false },
    { code: 'over', name: 'Over', isEnd: true },
    { code: 'left', name: 'Left', isEnd: true },
  ],
  moves: [
    { from: ['sent'], to: 'asked' },
    { from: ['sent', 'asked'], to: 'looked_at' },
    { from: ['looked_at'], to: 'asked' },
    { from: ['looked_at'], to: 'over' },
    { from: ['sent', 'asked', 'looked_at'], to: 'left' },
  ],
};

const drawn = ({ arrows }: Diagram): readonly string[] => arrows.map(({ from, to }) => `${from} > ${to}`).sort();

describe('a picture', () => {
  it('begins with the step where the procedure begins, and ends with its ends', () => {
    expect(layOutDiagram(chart, measures).boxes.map(({ code }) => code)).toEqual([
      'sent',
      'asked',
      'looked_at',
      EVERYWHERE,
      'over',
      'left',
    ]);
  });

  it('has what can follow every step once', () => {
    expect(drawn(layOutDiagram(chart, measures))).toEqual([
      '* > left',
      'asked > looked_at',
      'looked_at > asked',
      'looked_at > over',
      'sent > asked',
      'sent > looked_at',
    ]);
  });

  it('has no label where a move has no number, and one for all numbers of a way', () => {
    expect(layOutDiagram(chart, measures).arrows.filter(({ label }) => label)).toEqual([]);
    const numbered = { ...chart, moves: [...chart.moves, ...chart.moves].map((move, index) => ({ ...move, number: index + 1 })) };
    const labels = layOutDiagram(numbered, measures).arrows.map(({ label }) => label?.text.lines.map(({ text }) => text).join(' '));
    expect(labels.sort()).toEqual(['1, 6', '2, 7', '2, 7', '3, 8', '4, 9', '5, 10']);
  });

  it('writes a note below the name', () => {
    const [box] = layOutDiagram(chart, measures).boxes;
    expect([box?.text.lines.map(({ text }) => text), box?.smallText.lines.map(({ text }) => text)]).toEqual([['It came'], ['5 days']]);
    expect(box?.smallText.lines[0]?.y).toBeGreaterThan(box?.text.lines[0]?.y ?? Infinity);
  });

  it('is as wide as it is told, and wider only where its boxes would be too narrow', () => {
    const narrow = layOutDiagram(chart, measures);
    const wide = layOutDiagram(chart, { ...measures, pictureWidth: 300 });
    expect(wide.width).toBe(300);
    expect((wide.boxes[0]?.width ?? 0) - 100).toBe(300 - narrow.width);
    expect(layOutDiagram(chart, { ...measures, pictureWidth: 50 }).width).toBe(narrow.width);
  });

  it('draws arrows that end in the same point as one path', () => {
    const { lines, arrows } = layOutDiagram(chart, measures);
    expect(lines.flat().reduce((sum, path) => sum + path.split('M').length - 1, 0)).toBe(arrows.length);
    expect(lines.flat().every((path) => /^(M[\d.]+ [\d.]+([HV][\d.]+)+)+$/.test(path))).toBe(true);
  });

  it.each([
    ['as it is', measures],
    ['in big letters', { ...measures, font: 30, line: 34, noteFont: 26, noteLine: 30, pictureWidth: 200 }],
  ])('can be read: %s', (_name, size) => {
    expect(diagramFaults(layOutDiagram(chart, size))).toEqual([]);
  });

  it('is told to be unreadable when it is', () => {
    const diagram = layOutDiagram(chart, measures);
    const [first, second, ...others] = diagram.boxes;
    if (!first || !second) throw new Error('there are boxes');
    const faults = diagramFaults({ ...diagram, boxes: [first, { ...second, y: first.y + 5, text: first.text }, ...others] });
    expect(faults).toContain('sent lies on asked');
    expect(faults).toContain('sent to asked does not begin and end at its boxes');
    expect(diagramFaults({ ...diagram, width: 60 }).join()).toContain('outside of the frame');
  });
});

describe('the width of a text', () => {
  it('leaves out signs that nobody sees', () => {
    expect(textWidth('\u206822\u2069', 10)).toBe(textWidth('22', 10));
    expect(textWidth('مدّة', 10)).toBe(textWidth('مدة', 10));
  });
});

it('what a no-break space joins is in one line, unless no line has room for it', () => {
  const width = textWidth('up to 20', 14);
  expect(wrapped('up to 20\u00a0days', width, 14)).toEqual(['up to', '20\u00a0days']);
  expect(wrapped('up to 20\u00a0working\u00a0days', width, 14)).toEqual(['up to 20', 'working', 'days']);
});
