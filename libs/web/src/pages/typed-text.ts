import { runtime } from 'nunjucks';
import { escapeHtml } from './escape-html';

/**
 * Shows text that a person typed: escaped, line breaks kept, each paragraph in its own direction. `dir="auto"` also
 * isolates, so that a name cannot reorder the sentence around it.
 * @param text as typed
 * @param language BCP 47 tag of the text, when known: screen readers pronounce by it
 */
export function typedBlock(text: string | undefined, language?: string): runtime.SafeString {
  const paragraphs = (text ?? '').split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
  const lang = language ? ` lang="${escapeHtml(language)}"` : '';
  const html = paragraphs.map((one) => `<p dir="auto">${escapeHtml(one.trim()).replace(/\n/g, '<br>')}</p>`).join('');
  return new runtime.SafeString(`<div class="typed"${lang}>${html}</div>`);
}

/** The same for a few words inside a sentence: a name, a place, the title of a file. */
export function typedInline(text: string | undefined): runtime.SafeString {
  return new runtime.SafeString(`<bdi>${escapeHtml((text ?? '').replace(/\s+/g, ' '))}</bdi>`);
}
