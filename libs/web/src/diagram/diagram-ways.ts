/** Stands for every step that is no end, where something can follow each of them: drawn once and not from each. */
export const EVERYWHERE = '*';

/** A step as a picture shows it. */
export interface DiagramStep {
  readonly code: string;
  readonly name: string;
  /** A few words below the name, in smaller letters. */
  readonly note?: string;
  readonly isEnd: boolean;
}

/** A way from steps to a step, by their codes. */
export interface DiagramMove {
  readonly from: readonly string[];
  readonly to: string;
  /** What the arrow is told by; without one it has no label. */
  readonly number?: number;
}

/** What is drawn. */
export interface DiagramChart {
  /** Code of the step where it begins. */
  readonly initial: string;
  readonly steps: readonly DiagramStep[];
  readonly moves: readonly DiagramMove[];
  /** What stands for all steps that are no ends. */
  readonly everywhere: string;
}

/** All moves that lead from one box to another, by their numbers. */
export interface Way {
  readonly from: number;
  readonly to: number;
  readonly numbers: readonly number[];
}

/** Boxes from top to bottom by code, and the ways between them by their places in that row. */
export interface Ways {
  readonly codes: readonly string[];
  readonly ways: readonly Way[];
}

/** Steps in their order, the first one first and ends last; before the ends, what can follow everywhere. */
export function waysOf({ steps, moves, initial }: DiagramChart): Ways {
  const open = steps.filter(({ isEnd }) => !isEnd).map(({ code }) => code);
  const isEverywhere = ({ from }: DiagramMove): boolean => open.length > 1 && open.every((code) => from.includes(code));
  const codes = [
    ...open.filter((code) => code === initial),
    ...open.filter((code) => code !== initial),
    ...(moves.some(isEverywhere) ? [EVERYWHERE] : []),
    ...steps.filter(({ isEnd }) => isEnd).map(({ code }) => code),
  ];
  const ways = new Map<string, { readonly from: number; readonly to: number; readonly numbers: number[] }>();
  for (const move of moves) {
    for (const code of isEverywhere(move) ? [EVERYWHERE] : move.from.filter((one) => one !== move.to)) {
      const [from, to] = [codes.indexOf(code), codes.indexOf(move.to)];
      const way = ways.get(`${String(from)} ${String(to)}`) ?? { from, to, numbers: [] };
      if (move.number !== undefined) way.numbers.push(move.number);
      ways.set(`${String(from)} ${String(to)}`, way);
    }
  }
  return { codes, ways: [...ways.values()] };
}

/** The ways to one box on one side: they join in one line, and each is told by the numbers where it begins. */
export interface Lane {
  readonly to: number;
  readonly ways: readonly Way[];
  /** 0 is next to the boxes. */
  readonly distance: number;
}

/** A line for each target, as near to the boxes as the others let it; short ones inside. */
export function lanesOf(ways: readonly Way[]): readonly Lane[] {
  const targets = [...new Set(ways.map(({ to }) => to))].map((to) => {
    const joining = ways.filter((way) => way.to === to);
    const ends = [to, ...joining.map(({ from }) => from)];
    return { to, ways: joining, top: Math.min(...ends), bottom: Math.max(...ends) };
  });
  const placed: (Lane & { readonly top: number; readonly bottom: number })[] = [];
  for (const one of targets.sort((a, b) => a.bottom - a.top - (b.bottom - b.top) || a.to - b.to)) {
    const beside = placed.filter(({ top, bottom }) => top <= one.bottom && one.top <= bottom).map(({ distance }) => distance);
    let distance = 0;
    while (beside.includes(distance)) distance += 1;
    placed.push({ ...one, distance });
  }
  return placed;
}
