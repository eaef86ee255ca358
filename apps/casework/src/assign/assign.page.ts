import type { AssignmentView } from '@recourse/cases';
import type { FormPage } from '@recourse/web';
import { worded } from '../case/worded';

/** What the assignment's template receives. */
export interface AssignModel {
  readonly reference: string;
  readonly path: string;
  readonly stage: string;
  readonly teamName: string;
  readonly holder: string | undefined;
  readonly seenRevision: number;
  /** Whom the actor may give it to. */
  readonly choices: readonly { readonly value: string; readonly text: string }[];
  /** Whether nobody is a choice. */
  readonly mayPutBack: boolean;
  readonly closed: boolean;
  readonly form: FormPage;
}

/** Address of the form that gives a track to somebody. */
export function assignPath(reference: string, trackId: string): string {
  return `/cases/${reference}/tracks/${trackId}/assign`;
}

/** The form as a page: pure. */
export function assignModel(view: AssignmentView, form: FormPage, language: string): AssignModel {
  const { to, mayPutBack } = view.handover;
  // Whatever is wrong is wrong with the one choice, and there may be none to go to.
  const href = to.length > 0 || mayPutBack ? '#assigneeId' : undefined;
  return {
    reference: view.reference,
    path: assignPath(view.reference, view.trackId),
    stage: worded(view.stageName, language),
    teamName: view.teamName,
    holder: view.assignee?.displayName,
    seenRevision: view.revision,
    choices: to.map(({ id, displayName }) => ({ value: id, text: displayName })),
    mayPutBack,
    closed: view.closed,
    form: { ...form, errors: form.errors.map((error) => ({ ...error, href })) },
  };
}
