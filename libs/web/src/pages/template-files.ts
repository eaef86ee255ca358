import { statSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import { Environment, FileSystemLoader, precompileString, type LoaderSource } from 'nunjucks';

/** What every environment of pages is made with, which writes into it; the spaces decide what a template is compiled to. */
export function environmentOptions() {
  return { autoescape: true, trimBlocks: true, lstripBlocks: true };
}

/** What Nunjucks takes instead of a text: the functions of a template, which know of no environment before they are called. */
interface CompiledSource {
  readonly type: 'code';
  readonly obj: unknown;
}

/** Renders nothing. */
const compiler = new Environment([], environmentOptions());

/** By path, for all languages and everything else in this process: whatever was found there last. */
const compiled = new Map<string, { readonly text: string; readonly source: CompiledSource }>();

/**
 * Templates from folders. Each is compiled once and kept, for compiling the macros of a page takes the processor five to ten times as long as the page (before you
 * start: 19 ms and 2 ms; sign in: 41 ms and 7 ms). Whoever edits templates has those forgotten that changed.
 *
 * For environments that are made with {@link environmentOptions} and have no tags of their own.
 */
export class TemplateFiles extends FileSystemLoader {
  private readonly known = new Map<string, { readonly name: string; readonly changedAt: number }>();

  /** @param folders where a template is looked for, in this order */
  constructor(folders: readonly string[]) {
    super([...folders]);
    this.on('load', (name: string, { path }: LoaderSource) => this.known.set(path, { name, changedAt: changedAt(path) }));
  }

  /** Nunjucks takes null for a template that is not there, and a compiled one for its text; its types know of neither. */
  override getSource(name: string): LoaderSource {
    const found = super.getSource(name) as LoaderSource | null;
    return (found && { ...found, src: compiledOnce(found) }) as unknown as LoaderSource;
  }

  /** Has every template read again whose file is another one since, or gone. */
  forgetChanged(): void {
    for (const [path, one] of this.known) {
      if (changedAt(path) === one.changedAt) continue;
      this.known.delete(path);
      this.emit('update', one.name, path);
    }
  }
}

function compiledOnce({ path, src }: LoaderSource): CompiledSource {
  const known = compiled.get(path);
  if (known?.text === src) return known.source;
  // It is given a list, whatever its type says.
  const codeAlone = (all: unknown) => (all as readonly { readonly template: string }[]).map(({ template }) => template).join('');
  const code = precompileString(src, { name: path, env: compiler, wrapper: codeAlone });
  const source: CompiledSource = { type: 'code', obj: (compileFunction(code, [], { filename: path }) as () => unknown)() };
  compiled.set(path, { text: src, source });
  return source;
}

/** 0 for a file that is not there. */
function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
