import type { Finding } from '../documents/document';
import type { Procedure, Wording } from './procedure';

interface Named {
  readonly path: string;
  readonly code: string;
  readonly name: Wording;
}

/** What stands side by side has different names for staff: nobody could tell one from the other. The public may be told the same of several. */
export function proveNamesApart(procedure: Procedure): readonly Finding[] {
  const { stages, closingOutcomes, actions, languages } = procedure;
  return [
    ...alike(
      languages,
      stages.map(({ code, staffName }) => ({ path: `stages.${code}.staffName`, code, name: staffName })),
    ),
    ...alike(
      languages,
      closingOutcomes.map(({ code, staffName }) => ({ path: `outcomes.${code}.staffName`, code, name: staffName })),
    ),
    ...actions.flatMap((action) =>
      action.inputs.flatMap((input) => {
        const around = `actions.${action.code}.inputs.${input.name}.choices`;
        return alike(
          languages,
          input.choices.map(({ code, name }) => ({ path: `${around}.${code}`, code, name })),
        );
      }),
    ),
  ];
}

function alike(languages: readonly string[], all: readonly Named[]): readonly Finding[] {
  return all.flatMap(({ path, code, name }, index) => {
    for (const language of languages) {
      const other = all.slice(0, index).find((one) => name[language] !== undefined && one.name[language] === name[language]);
      if (other)
        return [
          {
            path,
            code: 'names_look_alike',
            message: `“${other.code}” and “${code}” have the same name in “${language}”.`,
            hint: 'Nobody could tell them apart: give one another name.',
          },
        ];
    }
    return [];
  });
}
