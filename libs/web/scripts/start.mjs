import { ErrorSummary } from 'govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs';
import { openFolds } from './folds.mjs';
import { letSpaceBarPressLinks, sendFormsOnce } from './once.mjs';

/** What both kinds of pages do. The classes are the ones by which govuk-frontend's components know that script runs. */
export function start() {
  document.body.classList.add('js-enabled', 'govuk-frontend-supported');
  sendFormsOnce();
  letSpaceBarPressLinks();
  openFolds();
  const summary = document.querySelector('[data-module="govuk-error-summary"]');
  if (summary) new ErrorSummary(summary);
}
