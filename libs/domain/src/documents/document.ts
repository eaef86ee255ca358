import type { LineCounter, Node } from 'yaml';
import { readYaml, type YamlText } from './yaml-text';
import type { Problem, ProblemCode } from '../procedures/problem';

/** Longer documents are not read: a procedure of a hundred stages in six languages has half of it. Counted in UTF-16 code units. */
export const LONGEST_DOCUMENT = 262_144;
/** A list of more mistakes than this helps nobody, and a broken file of 256 kB can have a hundred thousand. */
const MOST_PROBLEMS = 200;

/** A place in a document: what is there, under which path, and where it begins. */
export interface Field {
  /** Keys and numbers of items from the root, joined by dots; empty for the root. */
  readonly path: string;
  /** Absent where a key has no value. */
  readonly node: Node | undefined;
  /** Offset of the value in the text. */
  readonly at: number;
}

/** A mistake at a path of a document: what proofs find, who know no lines. */
export interface Finding {
  readonly path: string;
  readonly code: ProblemCode;
  readonly message: string;
  /** How to mend it, in a sentence. */
  readonly hint: string;
}

interface Mistake extends Finding {
  readonly at: number;
}

/** A YAML document that collects the mistakes found in it. Everything reads it; nothing changes it. */
export class CheckedDocument {
  readonly root: Field | undefined;
  private readonly lines: LineCounter | undefined;
  private readonly mistakes: Mistake[] = [];
  private readonly places = new Map<string, number>();

  /**
   * @param given the document, with whatever ends its lines
   * @param fileName its name, for the problems
   */
  constructor(
    given: string,
    private readonly fileName: string,
  ) {
    // Here and nowhere else, so that a document means the same whatever editor wrote it. Lines keep their numbers.
    const text = unified(given);
    if (text.length > LONGEST_DOCUMENT) {
      this.add(
        '',
        0,
        'too_large',
        `The document has ${text.length} characters; at most ${LONGEST_DOCUMENT} are read.`,
        'Shorten its texts, or let one procedure open another.',
      );
      return;
    }
    const yaml = readYaml(text);
    if (yaml === undefined) {
      this.add(
        '',
        0,
        'too_deep',
        'The document is nested far too deeply.',
        'Nothing that belongs in it is nested like that: take out what was repeated by mistake.',
      );
      return;
    }
    const { document, lines } = yaml;
    this.lines = lines;
    this.noteErrors(document);
    if (this.hasAny(NOT_READABLE)) return;
    this.root = { path: '', node: document.contents ?? undefined, at: document.contents?.range[0] ?? 0 };
  }

  /** Remembers where a path begins, for {@link report} by path. */
  place(path: string, at: number): void {
    if (!this.places.has(path)) this.places.set(path, at);
  }

  /** Reports a mistake in the value of a field. */
  report(field: Field, code: ProblemCode, message: string, hint: string): void {
    this.add(field.path, field.at, code, message, hint);
  }

  /** Reports a mistake at a path; where the document has nothing under it, at the nearest thing around it. */
  reportAtPath(finding: Finding): void {
    this.add(finding.path, this.placeOf(finding.path), finding.code, finding.message, finding.hint);
  }

  /** Where findings stand that are not mistakes of this document, in the order of the lines. */
  located(findings: readonly Finding[]): readonly Problem[] {
    const placed = findings.map((finding) => ({ ...finding, at: this.placeOf(finding.path) }));
    return placed.sort((one, other) => one.at - other.at).map((finding) => this.problemAt(finding));
  }

  /** True when one of these mistakes was found. */
  hasAny(codes: ReadonlySet<ProblemCode>): boolean {
    return this.mistakes.some(({ code }) => codes.has(code));
  }

  /** True when no other mistake than these was found. */
  hasOnly(codes: ReadonlySet<ProblemCode>): boolean {
    return this.mistakes.every(({ code }) => codes.has(code));
  }

  /** True when one of these mistakes was found at a path or below it. */
  hasBelow(path: string, codes?: ReadonlySet<ProblemCode>): boolean {
    return this.mistakes.some(
      (mistake) => (mistake.path === path || mistake.path.startsWith(`${path}.`)) && (!codes || codes.has(mistake.code)),
    );
  }

  /** Every mistake, in the order of the lines. Empty for a good document. */
  problems(): readonly Problem[] {
    const sorted = this.withoutAmongTooMany().sort((one, other) => one.at - other.at);
    const listed = sorted.slice(0, MOST_PROBLEMS).map((mistake) => this.problemAt(mistake));
    const last = listed.at(-1);
    const more = sorted.length - listed.length;
    return more > 0 && last
      ? [...listed, { ...last, code: 'too_many', message: `${more} more mistakes are not listed.`, hint: 'Mend these first.' }]
      : listed;
  }

  /** Where there is far too much, what is wrong with each of it hides the one mistake. */
  private withoutAmongTooMany(): Mistake[] {
    const tooMany = this.mistakes.filter(({ code }) => code === 'too_many').map(({ path }) => `${path}.`);
    return this.mistakes.filter(({ path }) => !tooMany.some((around) => path.startsWith(around)));
  }

  private placeOf(finding: string): number {
    let path = finding;
    while (path !== '' && !this.places.has(path)) path = path.slice(0, Math.max(0, path.lastIndexOf('.')));
    return this.places.get(path) ?? 0;
  }

  private problemAt({ at, code, message, hint }: Mistake): Problem {
    const { line, col } = this.lines?.linePos(at) ?? { line: 1, col: 1 };
    // The line counter knows no line of an empty text.
    return { file: this.fileName, line: Math.max(1, line), column: Math.max(1, col), code, message, hint };
  }

  private add(path: string, at: number, code: ProblemCode, message: string, hint: string): void {
    this.mistakes.push({ path, at, code, message, hint });
  }

  private noteErrors({ errors, warnings }: YamlText['document']): void {
    for (const error of [...errors, ...warnings]) {
      if (error.code === 'MULTIPLE_DOCS') {
        this.add('', error.pos[0], 'second_document', 'A second document begins here: it would not be read.', 'Give it a file of its own.');
        continue;
      }
      this.add('', error.pos[0], 'not_yaml', firstLine(error.message), 'Is the indentation right, and is text with a colon in quotes?');
    }
  }
}

const NOT_READABLE: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['not_yaml']);

/** One document is one sequence of characters, whatever the editor does at the ends of lines. */
export function unified(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function firstLine(message: string): string {
  const line = message.split('\n')[0] ?? message;
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
