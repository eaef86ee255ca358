import type { Action, Procedure } from '@recourse/domain';

/** Stands for every stage that is no end, where something can be done in all of them: drawn once and not from each. */
export const EVERYWHERE = '*';

/** All actions that lead from one box to another, by their numbers. */
export interface Way {
  readonly from: number;
  readonly to: number;
  readonly numbers: readonly number[];
}

/** What a picture shows: boxes from top to bottom by code, and the ways between them by their places in that row. */
export interface Ways {
  readonly codes: readonly string[];
  readonly ways: readonly Way[];
  /** The actions behind the numbers, from 1 on. Those that stay in their stage have no arrow. */
  readonly moving: readonly Action[];
}

/** Stages as the document has them, the first one first and ends last; before the ends, what can be done everywhere. */
export function waysOf({ stages, actions, initial }: Procedure): Ways {
  const moving = actions.filter(({ to }) => to !== 'same');
  const open = stages.filter(({ isEnd }) => !isEnd).map(({ code }) => code);
  const isEverywhere = ({ from }: Action): boolean => open.length > 1 && open.every((code) => from.includes(code));
  const codes = [
    ...open.filter((code) => code === initial),
    ...open.filter((code) => code !== initial),
    ...(moving.some(isEverywhere) ? [EVERYWHERE] : []),
    ...stages.filter(({ isEnd }) => isEnd).map(({ code }) => code),
  ];
  const ways = new Map<string, { readonly from: number; readonly to: number; readonly numbers: number[] }>();
  moving.forEach((action, index) => {
    for (const code of isEverywhere(action) ? [EVERYWHERE] : action.from.filter((one) => one !== action.to)) {
      const [from, to] = [codes.indexOf(code), codes.indexOf(action.to)];
      const way = ways.get(`${String(from)} ${String(to)}`) ?? { from, to, numbers: [] };
      way.numbers.push(index + 1);
      ways.set(`${String(from)} ${String(to)}`, way);
    }
  });
  return { codes, ways: [...ways.values()], moving };
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
