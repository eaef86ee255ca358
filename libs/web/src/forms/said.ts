import type { ValidationOptions } from 'class-validator';
import type { MessageParams } from '../language/messages';

/** What is wrong with one field: a message to say, not a sentence. */
export interface FieldProblem {
  /** Property of the form. */
  readonly field: string;
  /** Key of the message: `intake-filing.narrative.empty`. */
  readonly key: string;
  readonly params: MessageParams;
}

/**
 * The message of a rule, as the last argument of any class-validator decorator:
 *
 *     @MaxLength(5000, said('intake-filing.narrative.too_long', { max: 5000 }))
 *     @IsNotEmpty(said('intake-filing.narrative.empty'))
 *     narrative!: string;
 *
 * A rule without `said` says `forms.<rule>` (`forms.isNotEmpty`, `forms.maxLength`, …) when there is such a message,
 * otherwise `forms.invalid`. Rules run from the property upwards and the first that fails is the one shown, so the
 * most basic rule stands next to the property.
 */
export function said(key: string, params: MessageParams = {}): ValidationOptions {
  return { context: { key, params }, message: key };
}
