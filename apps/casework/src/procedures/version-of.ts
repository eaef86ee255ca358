/** The number of a version as it stands in an address; undefined for what cannot be one. */
export function versionOf(text: string): number | undefined {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
}
