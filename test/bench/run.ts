import { BenchHouse, type StartPostgres } from './bench-house';
import { fillUpTo, prepareToFill } from './background-cases';
import { measureAllAtOnce, measureClocks } from './clocks';
import { measureFirstPage } from './first-page';
import { measureLifecycles } from './lifecycles';
import { broken, type Measurement } from './measurement';
import { fileOne, measureSubmissions } from './submissions';

const OPEN_TRACKS = 100_000;
const OVERDUE = 10_000;

/** What to measure. */
export interface BenchChoices {
  /** The bigger figures too: many minutes. */
  readonly isFull: boolean;
  /** Names of parts; all when absent. */
  readonly only?: readonly string[];
}

/** The parts, in the order in which the database grows. */
const PARTS: Readonly<Record<string, (house: BenchHouse, isFull: boolean) => Promise<Measurement[]>>> = {
  weight: (house) => measureFirstPage(house),
  submit: (house) => measureSubmissions(house),
  lifecycle: async (house, isFull) => {
    const cases = isFull ? OPEN_TRACKS : OPEN_TRACKS / 10;
    await fillUpTo(house, cases);
    return measureLifecycles(house, cases);
  },
  clocks: async (house, isFull) => {
    await fillUpTo(house, OPEN_TRACKS);
    const measured = await measureClocks(house, OVERDUE);
    if (!isFull) return measured;
    await fillUpTo(house, 2 * OPEN_TRACKS);
    return [...measured, ...(await measureAllAtOnce(house, OPEN_TRACKS))];
  },
};

/** Names of the parts. */
export const partNames: readonly string[] = Object.keys(PARTS);

/**
 * Measures everything on one database of its own. A part that breaks is one failed figure; the parts after it are measured all the same, unless it
 * was interrupted.
 * @param tell gets a line about what is done now
 * @param interrupted takes the house away at once when it is aborted
 */
export async function runBench(
  choices: BenchChoices,
  startPostgres: StartPostgres,
  tell: (line: string) => void,
  interrupted: AbortSignal,
): Promise<Measurement[]> {
  const house = await BenchHouse.open(startPostgres);
  const leave = () => void house.close();
  interrupted.addEventListener('abort', leave);
  const measured: Measurement[] = [];
  try {
    await prepareToFill(house);
    await fileOne(house);
    for (const [name, measure] of Object.entries(PARTS)) {
      if (choices.only !== undefined && !choices.only.includes(name)) continue;
      tell(name);
      measured.push(...(await measurePart(name, () => measure(house, choices.isFull), interrupted)));
      await house.stopPrograms();
    }
  } finally {
    interrupted.removeEventListener('abort', leave);
    await house.close();
  }
  interrupted.throwIfAborted();
  return measured;
}

async function measurePart(name: string, measure: () => Promise<Measurement[]>, interrupted: AbortSignal): Promise<Measurement[]> {
  interrupted.throwIfAborted();
  try {
    return await measure();
  } catch (error) {
    // Everything fails once the house is taken away; that says nothing about the part.
    interrupted.throwIfAborted();
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return [broken(name, error)];
  }
}
