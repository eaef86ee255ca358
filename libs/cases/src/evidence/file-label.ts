import { cleanText } from '@recourse/domain';
import { openJson, sealJson } from '@recourse/vault';
import type { CaseKeys } from '../keys/case-keys';
import { fileNamePlace } from '../keys/places';

/**
 * What a file is called and how long it is; sealed together in `evidence_file.sealed_name`. The exact length would tell who has a known file,
 * so the readable column holds the length of the sealed bytes, which is rounded.
 */
export interface FileLabel {
  readonly name: string;
  readonly sizeBytes: number;
}

/** Seals the label of a file. */
export function sealLabel(keys: CaseKeys, caseId: string, fileId: string, label: FileLabel): Buffer {
  return sealJson(keys[0], fileNamePlace(caseId, fileId), label);
}

/** Opens the label of a stored file. */
export function openLabel(keys: CaseKeys, caseId: string, file: { readonly id: string; readonly sealedName: Buffer }): FileLabel {
  // Written by us and authenticated by the seal, so its shape is known.
  return openJson(keys, fileNamePlace(caseId, file.id), file.sealedName) as FileLabel;
}

/** A file name as a device gave it, without folders, line ends and controls; `file` when nothing is left. */
export function cleanFileName(given: string): string {
  const name =
    cleanText(given)
      .replace(/[\n\t]/g, ' ')
      .split(/[/\\]/)
      .at(-1)
      ?.trim() ?? '';
  return name === '' || name === '.' || name === '..' ? 'file' : name;
}

/** A media type as declared, or null when it does not look like one. Only for showing: it is not believed. */
export function declaredMediaType(given: string | undefined): string | null {
  const type = given?.split(';')[0]?.trim().toLowerCase() ?? '';
  return /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/.test(type) ? type : null;
}
