import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Min } from 'class-validator';
import type { ActionView, TrackView } from '@recourse/cases';
import type { FormClass } from '@recourse/web';

/** What every action's form posts besides the procedure's own inputs, which are under `inputs`' names. */
export interface ActionAnswers {
  readonly seenRevision: number;
  readonly reason?: string;
  readonly message?: string;
  readonly outcome?: string;
  /** Given when the form is only to be shown once more, with everything in it: it came too late, and its person has just signed in. */
  readonly lookOver?: string;
  readonly [input: string]: string | number | undefined;
}

const forms = new Map<string, FormClass<ActionAnswers>>();

/** Prefix that keeps a procedure's inputs apart from our own fields: an input may well be called `reason`. */
export const inputPrefix = 'input_';

/**
 * The form of one action, made from the procedure. It declares which fields there are, so that any other is refused; whether they are well
 * filled in is the use case's to say, which knows the procedure.
 *
 * Kept per procedure version: class-validator remembers every class for ever.
 */
export function actionForm(track: TrackView, action: ActionView): FormClass<ActionAnswers> {
  const name = `${track.procedure}@${track.procedureVersion}/${action.code}`;
  const known = forms.get(name);
  if (known) return known;
  class ActionForm {
    declare readonly seenRevision: number;
  }
  const prototype: object = ActionForm.prototype;
  Type(() => Number)(prototype, 'seenRevision');
  Min(0)(prototype, 'seenRevision');
  IsInt()(prototype, 'seenRevision');
  for (const field of ['reason', 'message', 'outcome', 'lookOver', ...action.inputs.map((input) => inputPrefix + input.name)]) {
    IsOptional()(prototype, field);
    IsString()(prototype, field);
  }
  const form = ActionForm as unknown as FormClass<ActionAnswers>;
  forms.set(name, form);
  return form;
}

/** The procedure's own inputs among the answers, by the procedure's names. */
export function inputsOf(action: ActionView, answers: ActionAnswers): Record<string, string> {
  const given = action.inputs.map((input) => [input.name, answers[inputPrefix + input.name]] as const);
  return Object.fromEntries(given.filter((pair): pair is readonly [string, string] => typeof pair[1] === 'string'));
}
