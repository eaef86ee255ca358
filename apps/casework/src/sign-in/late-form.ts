import type { KeptFields } from '@recourse/web';

/**
 * A form that came when the session was over, as far as it may go on. Somebody else may have pressed the button on a page that was left open: so nothing may be
 * sent later that its person does not see.
 */
export interface LateForm {
  /**
   * `message`: text and nothing else, sent when they say so. `action`: shown once more as the form that it was, with every choice. `text`: what was written, to be
   * copied; it cannot be sent.
   */
  readonly kind: 'message' | 'action' | 'text';
  /** Where it was going; of a `text`, the page on which it is written anew. */
  readonly path: string;
  /** Of which case, when it is about one. */
  readonly reference: string | undefined;
  readonly fields: KeptFields['all'];
  readonly written: readonly string[];
}

/** The address of a form: exact, for an address that only resembles it is not known to show what it sends. */
const messagePath = /^\/cases\/[A-Z0-9-]+\/messages$/;
const actionPath = /^\/cases\/[A-Z0-9-]+\/tracks\/[\w-]+\/actions\/\w+$/;

/** @returns nothing when nobody wrote anything: a button that was pressed is pressed again, by whoever has signed in */
export function lateForm(path: string, { all, written }: KeptFields): LateForm | undefined {
  if (written.length === 0) return undefined;
  const reference = /^\/cases\/([A-Z0-9-]+)\//.exec(path)?.[1];
  if (messagePath.test(path) && hasOnly(all, /^(?:body|clientKey)$/)) return { kind: 'message', path, reference, fields: all, written };
  if (actionPath.test(path) && hasOnly(all, /^(?:seenRevision|outcome|reason|message|input_\w+)$/)) {
    const texts = all.filter(({ name, value }) => /^(?:reason|message)$/.test(name) && value.trim() !== '');
    return { kind: 'action', path, reference, fields: all, written: texts.map(({ value }) => value) };
  }
  return { kind: 'text', path: pageOf(path), reference, fields: [], written };
}

/** The page on which a form stands. */
export function pageOf(path: string): string {
  if (actionPath.test(path)) return path;
  return /^\/(?:(?:cases|teams)\/[\w-]+|set-aside|account)(?=[/?]|$)/.exec(path)?.[0] ?? '/';
}

function hasOnly(fields: KeptFields['all'], names: RegExp): boolean {
  return fields.every(({ name }) => names.test(name));
}
