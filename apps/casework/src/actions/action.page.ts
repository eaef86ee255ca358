import type { ActionInputView, ActionView, TrackPage } from '@recourse/cases';
import { MESSAGE_LIMIT } from '@recourse/domain';
import type { FormPage, Say } from '@recourse/web';
import { actionPath, refusalSentences } from '../case/case.page';
import { worded } from '../case/worded';
import { inputPrefix } from './action-form';

/** One field of an action's form. */
export interface FieldModel {
  readonly name: string;
  readonly type: ActionInputView['type'];
  readonly label: string;
  readonly hint: string | undefined;
  readonly optional: boolean;
  readonly items: readonly { readonly value: string; readonly text: string }[];
}

/** What the action's template receives. */
export interface ActionModel {
  readonly reference: string;
  readonly stage: string;
  readonly name: string;
  /** When to use the action. */
  readonly hint: string | undefined;
  readonly path: string;
  readonly fields: readonly FieldModel[];
  readonly reason: ActionView['reason'];
  readonly message: ActionView['message'];
  /** What the letter must say. */
  readonly messageHint: string | undefined;
  /** The most characters of the letter. */
  readonly messageLimit: number;
  readonly outcomes: readonly { readonly value: string; readonly text: string }[];
  readonly refusals: readonly string[];
  /** True when nothing happens until a second person agrees. */
  readonly needsApproval: boolean;
  readonly seenRevision: number;
  readonly complaintLanguage: string;
  readonly form: FormPage;
}

/** The action as a page: pure. `form` holds what was typed, or `seenRevision` alone at first. */
export function actionModel(page: TrackPage, action: ActionView, form: FormPage, language: string, say: Say): ActionModel {
  const { track } = page;
  return {
    reference: page.reference,
    stage: worded(track.stageName, language),
    name: worded(action.name, language),
    hint: action.hint && worded(action.hint, language),
    path: actionPath(page.reference, track.id, action.code),
    fields: action.inputs.map((input) => fieldModel(page, input, language)),
    reason: action.reason,
    message: action.message,
    messageHint: action.messageHint && worded(action.messageHint, language),
    messageLimit: MESSAGE_LIMIT,
    outcomes: action.outcomes.map((outcome) => ({ value: outcome.code, text: worded(outcome.name, language) })),
    refusals: refusalSentences(action, language, say),
    needsApproval: action.needsApproval,
    seenRevision: track.revision,
    complaintLanguage: page.answerLanguage,
    form,
  };
}

function fieldModel(page: TrackPage, input: ActionInputView, language: string): FieldModel {
  return {
    name: inputPrefix + input.name,
    type: input.type,
    label: worded(input.label, language),
    hint: input.hint && worded(input.hint, language),
    optional: !input.required,
    items: fieldItems(page, input, language),
  };
}

function fieldItems(page: TrackPage, input: ActionInputView, language: string): FieldModel['items'] {
  if (input.type === 'company') return page.companies.map((company) => ({ value: company.id, text: company.name }));
  if (input.type === 'staff') return page.colleagues.map((colleague) => ({ value: colleague.id, text: colleague.displayName }));
  return input.choices.map((choice) => ({ value: choice.code, text: worded(choice.name, language) }));
}
