import type { ActionInputView, ActionView, CaseView, TrackView } from '@recourse/cases';
import type { FormPage, Say } from '@recourse/web';
import { actionPath, refusalSentence } from '../case/case.page';
import { worded } from '../case/worded';
import { inputPrefix } from './action-form';

/** One field of an action's form. */
export interface FieldModel {
  readonly name: string;
  readonly type: ActionInputView['type'];
  readonly label: string;
  readonly optional: boolean;
  readonly items: readonly { readonly value: string; readonly text: string }[];
}

/** What the action's template receives. */
export interface ActionModel {
  readonly reference: string;
  readonly stage: string;
  readonly name: string;
  readonly path: string;
  readonly fields: readonly FieldModel[];
  readonly reason: ActionView['reason'];
  readonly message: ActionView['message'];
  readonly outcomes: readonly { readonly value: string; readonly text: string }[];
  readonly refusal: string | undefined;
  readonly seenRevision: number;
  readonly complaintLanguage: string;
  readonly form: FormPage;
}

/** The action as a page: pure. `form` holds what was typed, or `seenRevision` alone at first. */
export function actionModel(view: CaseView, track: TrackView, action: ActionView, form: FormPage, language: string, say: Say): ActionModel {
  return {
    reference: view.reference,
    stage: worded(track.stageName, language),
    name: worded(action.name, language),
    path: actionPath(view.reference, track.id, action.code),
    fields: action.inputs.map((input) => fieldModel(view, input, language)),
    reason: action.reason,
    message: action.message,
    outcomes: action.outcomes.map((outcome) => ({ value: outcome.code, text: worded(outcome.name, language) })),
    refusal: action.allowed || action.refusal === undefined ? undefined : refusalSentence(action.refusal, say),
    seenRevision: track.revision,
    complaintLanguage: view.answerLanguage,
    form,
  };
}

function fieldModel(view: CaseView, input: ActionInputView, language: string): FieldModel {
  return {
    name: inputPrefix + input.name,
    type: input.type,
    label: worded(input.label, language),
    optional: !input.required,
    items: fieldItems(view, input, language),
  };
}

function fieldItems(view: CaseView, input: ActionInputView, language: string): FieldModel['items'] {
  if (input.type === 'company') return view.companies.map((company) => ({ value: company.id, text: company.name }));
  if (input.type === 'staff') return view.colleagues.map((colleague) => ({ value: colleague.id, text: colleague.displayName }));
  return input.choices.map((choice) => ({ value: choice.code, text: worded(choice.name, language) }));
}
