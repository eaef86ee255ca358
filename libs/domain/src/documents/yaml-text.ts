import { LineCounter, parseDocument, type Document } from 'yaml';
import { isNestedTooDeeply } from './nesting';

/** A text read as YAML, whatever is wrong with it. Read it only: it is shared. */
export interface YamlText {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** How much is remembered, in UTF-16 code units: a procedure of the longest, or those that are shipped. Read, a text takes some fifty times the room. */
const MOST_KEPT = 262_144;

/** By the text, the one that was asked for last at the end. */
const kept = new Map<string, YamlText>();

/**
 * Reads a text as YAML. What was read last is remembered: the same text is asked for the code in it, then for the whole procedure, then for what was published.
 * @returns undefined when it is nested too deeply to be read
 */
export function readYaml(text: string): YamlText | undefined {
  const known = kept.get(text) ?? read(text);
  if (known === undefined) return undefined;
  kept.delete(text);
  kept.set(text, known);
  for (const oldest of kept.keys()) {
    if ([...kept.keys()].reduce((sum, { length }) => sum + length, 0) <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return known;
}

function read(text: string): YamlText | undefined {
  if (isNestedTooDeeply(text)) return undefined;
  const lines = new LineCounter();
  return { document: parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'error' }), lines };
}
