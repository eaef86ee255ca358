/** What a procedure is made of. */
export type ProcedurePart = 'procedure' | 'stage' | 'action' | 'clock' | 'outcome' | 'fact';

/** What of a part can change, with the words for it. */
export const CHANGED_ASPECTS = {
  initial: 'the stage in which a track begins',
  languages: 'the languages',
  calendar: 'the calendar',
  order: 'the order',
  end: 'whether it is an end',
  stage: 'the stage in which it runs',
  within: 'the length',
  startsOn: 'what starts it',
  pausesIn: 'the stages in which it waits',
  stopsIn: 'the stages that end it',
  warnBefore: 'the warnings before its end',
  tell: 'who is told of warnings and of its end',
  ladder: 'the ladder after its end',
  repeatEvery: 'how often the last rung is repeated',
  from: 'the stages in which it can be taken',
  to: 'where it leads',
  roles: 'who may take it',
  trigger: 'what makes the software take it',
  guards: 'the conditions',
  requiredInputs: 'what must be given',
  inputs: 'what is asked for',
  reason: 'the reason',
  message: 'the letter to the complainant',
  outcomes: 'the outcomes to choose from',
  establishes: 'the facts it establishes',
  revokes: 'the facts it revokes',
  clocks: 'what becomes of the clocks of the stage it leaves',
  changesClocks: 'what it does to single clocks',
  approval: 'the second person',
  opens: 'the procedure it opens',
  tellsStaff: 'who of the staff is told',
  tellsComplainant: 'whether the complainant is told',
} as const;
/** One of {@link CHANGED_ASPECTS}. */
export type ChangedAspect = keyof typeof CHANGED_ASPECTS;

/** One difference between two versions of a procedure. `code` is that of the part; of the procedure itself, its own. */
export type Difference =
  | { readonly kind: 'removed'; readonly part: ProcedurePart; readonly code: string }
  | {
      readonly kind: 'added';
      readonly part: ProcedurePart;
      readonly code: string;
      /** What it says, in the terms of the document; what it leaves out is absent. */
      readonly aspects: readonly { readonly what: ChangedAspect; readonly value: string }[];
    }
  | {
      readonly kind: 'changed';
      readonly part: ProcedurePart;
      readonly code: string;
      readonly what: ChangedAspect;
      /** In the terms of the document, lists with commas; empty for nothing. */
      readonly before: string;
      readonly after: string;
    }
  | {
      readonly kind: 'reworded';
      readonly part: ProcedurePart;
      readonly code: string;
      /** The key of the wording, for instance `publicName`; `label of company` for that of an input. */
      readonly what: string;
      /** BCP 47. */
      readonly language: string;
      /** Empty where there was none. */
      readonly before: string;
      readonly after: string;
    };

/** A difference as a sentence in English, for whoever has to decide about a new version. */
export function differenceSentence(difference: Difference): string {
  const named = `${difference.part} “${difference.code}”`;
  switch (difference.kind) {
    case 'added':
      return `The ${named} is new${difference.aspects.map(({ what, value }, index) => `${index === 0 ? ': ' : '; '}${CHANGED_ASPECTS[what]}: ${plain(value)}`).join('')}.`;
    case 'removed':
      return `The ${named} is gone.`;
    case 'changed':
      return `The ${named}: ${CHANGED_ASPECTS[difference.what]} – before: ${plain(difference.before)}; now: ${plain(difference.after)}.`;
    case 'reworded':
      return `The ${named}: the ${difference.what} in “${difference.language}” ${reworded(difference.before, difference.after)}`;
  }
}

function reworded(before: string, after: string): string {
  if (before === '') return `is new: “${after}”.`;
  return after === '' ? `is gone; it was “${before}”.` : `was “${before}” and is now “${after}”.`;
}

/** Units of time are read as words; the codes of stages and roles stay as they are in the document. */
function plain(value: string): string {
  if (value === '') return 'nothing';
  return value
    .replace(/\b(\d+) (working|calendar)_(days?|hours?|minutes?)\b/g, '$1 $2 $3')
    .replace(/\b1 ((?:working |calendar )?(?:minute|hour|day|week|month|time))s\b/g, '1 $1');
}
