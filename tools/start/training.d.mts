/** See training.mjs. */
export function readPace(words: readonly string[]): number | undefined;
export function prepareEnvironment(env: NodeJS.ProcessEnv, pace: number | undefined): void;
export function checkFolder(dataDir: string, pace: number | undefined): void;
export function trainingSettings(dataDir: string, isRunning: boolean): Record<string, string>;
export function startTraining(dataDir: string, pace: number): { readonly setting: string; stop(): void };
