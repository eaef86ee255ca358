import { cleanText } from '@recourse/domain';

const verbatim = new WeakMap<object, Set<string>>();
/** The names alone: where a request failed before its form was known. */
const verbatimSomewhere = new Set<string>();

/** Marks a property whose text is taken exactly as posted and never shown again: a password. */
export function Verbatim(): PropertyDecorator {
  return (target, property) => {
    const names = verbatim.get(target.constructor) ?? new Set();
    verbatim.set(target.constructor, names.add(String(property)));
    verbatimSomewhere.add(String(property));
  };
}

export function isVerbatim(Form: object, name: string): boolean {
  return verbatim.get(Form)?.has(name) ?? false;
}

/** True for a field that any form of the process takes verbatim: a password. */
export function isVerbatimSomewhere(name: string): boolean {
  return verbatimSomewhere.has(name);
}

/**
 * Text as a browser posts it: line ends become `\n` (browsers send CR LF, which would count twice against a limit),
 * control and bidirectional formatting characters go, edges are trimmed.
 */
export function cleanTyped(text: string): string {
  return cleanText(text.replace(/\r\n?/g, '\n')).trim();
}
