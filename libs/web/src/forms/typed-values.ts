import { cleanText } from '@recourse/domain';

const verbatim = new WeakMap<object, Set<string>>();

/** Marks a property whose text is taken exactly as posted and never shown again: a password. */
export function Verbatim(): PropertyDecorator {
  return (target, property) => {
    const names = verbatim.get(target.constructor) ?? new Set();
    verbatim.set(target.constructor, names.add(String(property)));
  };
}

export function isVerbatim(Form: object, name: string): boolean {
  return verbatim.get(Form)?.has(name) ?? false;
}

/**
 * Text as a browser posts it: line ends become `\n` (browsers send CR LF, which would count twice against a limit),
 * control and bidirectional formatting characters go, edges are trimmed.
 */
export function cleanTyped(text: string): string {
  return cleanText(text.replace(/\r\n?/g, '\n')).trim();
}
