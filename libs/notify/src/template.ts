/** Thrown when a template is wrong or is given too little. The text begins with `file:line:`. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  constructor(
    readonly file: string,
    readonly line: number,
    readonly problem: string,
  ) {
    super(`${file}:${line}: ${problem}`);
  }
}

type Part = { readonly text: string } | { readonly variable: string; readonly line: number };

/**
 * A plain text with variables in double braces, `{{ reference }}`, and nothing else: no conditions, no loops, no escapes, so that a translator
 * cannot break it. A variable without a value is an error, never an empty gap: half a sentence in somebody's mail is worse than a mail that
 * a person has to look into.
 */
export class Template {
  private constructor(
    readonly file: string,
    private readonly parts: readonly Part[],
  ) {}

  /**
   * @param file name to be shown in errors
   * @param text the template
   * @throws TemplateError for any brace that is not part of a variable
   */
  static parse(file: string, text: string): Template {
    const parts: Part[] = [];
    let at = 0;
    for (const match of text.matchAll(/\{\{\s*([a-zA-Z]\w*)\s*\}\}/g)) {
      parts.push({ text: text.slice(at, match.index) }, { variable: match[1] ?? '', line: lineAt(text, match.index) });
      at = match.index + match[0].length;
    }
    parts.push({ text: text.slice(at) });
    const stray = /[{}]/.exec(text.replace(/\{\{\s*[a-zA-Z]\w*\s*\}\}/g, (found) => ' '.repeat(found.length)));
    if (stray) {
      throw new TemplateError(file, lineAt(text, stray.index), 'a brace that is not part of a {{ variable }}');
    }
    return new Template(file, parts);
  }

  /** Names of the variables with the line where each is first used. */
  get variables(): ReadonlyMap<string, number> {
    const found = new Map<string, number>();
    for (const part of this.parts) {
      if ('variable' in part && !found.has(part.variable)) {
        found.set(part.variable, part.line);
      }
    }
    return found;
  }

  /**
   * The text with every variable replaced.
   * @param values the values, by variable name
   * @throws TemplateError naming file and line of a variable without a value
   */
  render(values: Readonly<Record<string, string>>): string {
    return this.parts.map((part) => ('text' in part ? part.text : this.#valueOf(part, values))).join('');
  }

  #valueOf(part: { readonly variable: string; readonly line: number }, values: Readonly<Record<string, string>>): string {
    const value = Object.hasOwn(values, part.variable) ? values[part.variable] : undefined;
    if (value === undefined || value === '') {
      throw new TemplateError(this.file, part.line, `no value for {{ ${part.variable} }}`);
    }
    return value;
  }
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
