import { isQuestion, questions, type FormStep, type Question } from './questions';

/** Which button was pressed. */
export type Go = 'continue' | 'back' | 'check' | 'send' | 'send_new' | { readonly change: Question };

/** One posted page of the form: where it was, what was pressed, the sealed draft, and the fields of the question. */
export interface PostedStep {
  readonly step: FormStep;
  readonly go: Go;
  /** The sealed draft; empty when it was missing. */
  readonly draft: string;
  /** The question's own fields, as posted. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * Takes a posted body apart. The three fields that steer the form come from our own buttons; if one is missing or
 * strange, the form goes on at the nearest sensible place, because an error about it would help nobody.
 */
export function readPostedStep(body: unknown): PostedStep {
  const { draft, step, go, ...fields } = (body ?? {}) as Record<string, unknown>;
  return {
    step: step === 'check' || isQuestion(step) ? step : questions[0],
    go: readGo(go),
    draft: typeof draft === 'string' ? draft : '',
    fields,
  };
}

const plain = ['back', 'check', 'send', 'send_new'] as const;

function readGo(go: unknown): Go {
  const known = plain.find((one) => one === go);
  if (known) return known;
  const change = typeof go === 'string' && go.startsWith('change:') ? go.slice('change:'.length) : undefined;
  return isQuestion(change) ? { change } : 'continue';
}
