/** What is asked of the machine. */
export interface Machine {
  readonly sharedMemory: string;
  readonly fileSystem: (folder: string) => { readonly type: number; readonly bavail: number; readonly bsize: number };
  readonly availableMemory: () => number;
  readonly runsPrograms: (folder: string) => boolean;
}

/** Makes a folder for what a run of the tests throws away (see test-folder.mjs). */
export function makeTestFolder(told?: Partial<Machine>): string;
