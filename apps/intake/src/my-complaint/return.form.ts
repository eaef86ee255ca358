import { IsIn, IsOptional, IsString } from 'class-validator';
import type { CrossChecked, FieldProblem } from '@recourse/web';
import { normaliseReceipt } from '@recourse/vault';

/** What somebody was writing when their time ran out, to go on with once the number is typed again. */
export const unfinished = ['message', 'add'] as const;
export type Unfinished = (typeof unfinished)[number];

/** The number, as typed: any script's digits, spaces and dashes. */
export class ReturnForm implements CrossChecked {
  @IsOptional()
  @IsString()
  number?: string;

  @IsOptional()
  @IsIn(unfinished)
  goOnWith?: Unfinished;

  @IsOptional()
  @IsString()
  text?: string;

  /**
   * Only what anybody can see without us: that digits are missing or that there is a letter. A wrong check digit gets
   * the same words as a number that opens nothing, because to the person both mean: compare it again.
   */
  crossCheck(): FieldProblem[] {
    const number = this.number ?? '';
    if (number === '') return [problem('empty')];
    const receipt = normaliseReceipt(number);
    if (receipt.ok || receipt.reason === 'check_digit') return receipt.ok ? [] : [problem('not_found')];
    if (receipt.reason === 'characters') return [problem('characters')];
    return [problem('length', { count: number.match(/\p{Nd}/gu)?.length ?? 0 })];
  }
}

function problem(what: string, params: Record<string, number> = {}): FieldProblem {
  return { field: 'number', key: `intake-return.problems.${what}`, params };
}
