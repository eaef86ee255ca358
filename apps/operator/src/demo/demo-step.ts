/** One thing that happens to a complaint of the demo workspace. `daysAgo` may have a fraction. */
export type DemoStep = {
  readonly daysAgo: number;
} & (
  | { readonly does: 'take'; readonly by: DemoStaff }
  | { readonly does: 'write_to_complainant'; readonly by: DemoStaff; readonly body: string }
  | {
      readonly does: 'act';
      readonly by: DemoStaff;
      readonly action: string;
      /** `@company Name` stands for the company's id, `@day` for the day of the step. */
      readonly inputs?: Readonly<Record<string, string>>;
      readonly reason?: string;
      readonly message?: string;
      readonly outcome?: string;
    }
  /** `moves`: a track that waited goes on. */
  | { readonly does: 'complainant_writes'; readonly body: string; readonly moves?: true }
  /** Clocks alone: nobody does anything. */
  | { readonly does: 'nothing' }
);

/** Sign-in names of the people of the demo workspace who act in it. */
export type DemoStaff = 'maren' | 'tomas' | 'ilse';

/** What happened to one complaint, oldest first; the first entry is the day it was filed. */
export interface DemoLife {
  /** {@link DemoComplaint.code} */
  readonly code: string;
  readonly filedDaysAgo: number;
  readonly steps: readonly DemoStep[];
}
