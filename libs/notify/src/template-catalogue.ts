import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  ALL_NOTIFICATION_KINDS,
  isNotificationKind,
  NOTIFICATION_KINDS,
  type NotificationKind,
  type NotificationParams,
} from './notification-kinds';
import { Template, TemplateError } from './template';

/** Thrown at boot when templates are missing or wrong. Lists everything at once, one problem a line. */
export class TemplateCatalogueError extends Error {
  override readonly name = 'TemplateCatalogueError';

  constructor(readonly problems: readonly string[]) {
    super(`Notifications cannot be written:\n${problems.join('\n')}`);
  }
}

/** What a recipient will read. */
export interface RenderedNotification {
  /** One line. */
  readonly subject: string;
  /** Plain text with `\n` line ends, ending in one. */
  readonly body: string;
}

/**
 * All templates of all languages: `<folder>/<language>/<kind>.subject.txt` and `.body.txt`, and `training.txt` with one line. It cannot be made with one missing: the worker
 * would start, and fail on the day somebody needs it.
 */
export class TemplateCatalogue {
  readonly #templates = new Map<string, Template>();
  readonly #trainingLines = new Map<string, string>();

  /**
   * @param folder absolute path of the folder that holds one folder per language
   * @param languages BCP 47 tags of the languages the institution uses; the first is the one used for recipients of another language
   * @throws TemplateCatalogueError listing each missing file, each mistake and each file that belongs to no kind
   */
  constructor(
    private readonly folder: string,
    private readonly languages: readonly string[],
  ) {
    const problems = languages.length === 0 ? ['no language was chosen'] : languages.flatMap((language) => this.#load(language));
    if (problems.length > 0) {
      throw new TemplateCatalogueError(problems);
    }
  }

  /**
   * The language in which a recipient will be written to.
   * @param wanted the recipient's language, BCP 47; `ar-EG` is served by `ar`
   */
  languageFor(wanted: string): string {
    const base = wanted.split('-')[0];
    return this.languages.find((l) => l === wanted) ?? this.languages.find((l) => l === base) ?? this.languages[0] ?? wanted;
  }

  /** The first line of every mail of a training workspace, so that nobody takes it for real. */
  trainingLine(language: string): string {
    const line = this.#trainingLines.get(language);
    if (line === undefined) {
      throw new TemplateError(`${language}/${TRAINING_FILE}`, 1, 'not among the languages that were loaded');
    }
    return line;
  }

  /**
   * Writes one notification.
   * @param kind the kind
   * @param language a language of the catalogue, from {@link languageFor}
   * @param params every parameter of the kind
   * @throws TemplateError naming file and line when a parameter has no value or would break the subject line
   */
  render<K extends NotificationKind>(kind: K, language: string, params: NotificationParams<K>): RenderedNotification {
    const values: Readonly<Record<string, string>> = params;
    const subject = this.#template(language, kind, 'subject').render(values).trim();
    if (/[\r\n]/.test(subject)) {
      throw new TemplateError(fileName(language, kind, 'subject'), 1, 'a subject is one line');
    }
    return { subject, body: this.#template(language, kind, 'body').render(values) };
  }

  #template(language: string, kind: NotificationKind, part: Part): Template {
    const file = fileName(language, kind, part);
    const template = this.#templates.get(file);
    if (template === undefined) {
      throw new TemplateError(file, 1, 'not among the languages that were loaded');
    }
    return template;
  }

  #load(language: string): string[] {
    if (!existsSync(join(this.folder, language))) {
      return [`${language}: no folder with templates`];
    }
    const expected = ALL_NOTIFICATION_KINDS.flatMap((kind) => PARTS.map((part) => ({ kind, part })));
    const strangers = readdirSync(join(this.folder, language)).filter((name) => name !== TRAINING_FILE && !isTemplateName(name));
    return [
      ...expected.flatMap(({ kind, part }) => this.#loadOne(language, kind, part)),
      ...this.#loadTrainingLine(language),
      ...strangers.map((name) => `${language}/${name}: belongs to no kind of notification`),
    ];
  }

  #loadTrainingLine(language: string): string[] {
    const path = join(this.folder, language, TRAINING_FILE);
    const line = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
    this.#trainingLines.set(language, line);
    return line === '' || line.includes('\n') ? [`${language}/${TRAINING_FILE}: one line is wanted`] : [];
  }

  #loadOne(language: string, kind: NotificationKind, part: Part): string[] {
    const file = fileName(language, kind, part);
    const path = join(this.folder, file);
    if (!existsSync(path)) {
      return [`${file}: missing`];
    }
    try {
      const template = Template.parse(file, readFileSync(path, 'utf8'));
      this.#templates.set(file, template);
      const allowed: readonly string[] = NOTIFICATION_KINDS[kind].params;
      return [...template.variables]
        .filter(([name]) => !allowed.includes(name))
        .map(([name, line]) => `${file}:${line}: ${kind} has no parameter {{ ${name} }}`);
    } catch (error) {
      if (error instanceof TemplateError) {
        return [error.message];
      }
      throw error;
    }
  }
}

const TRAINING_FILE = 'training.txt';
const PARTS = ['subject', 'body'] as const;
type Part = (typeof PARTS)[number];

function fileName(language: string, kind: NotificationKind, part: Part): string {
  return `${language}/${kind}.${part}.txt`;
}

function isTemplateName(name: string): boolean {
  const match = /^(\w+)\.(subject|body)\.txt$/.exec(name);
  return match !== null && isNotificationKind(match[1] ?? '');
}
