/**
 * A number with what is counted, in English: “1 track”, “2 tracks”.
 * @param many its plural, where that is not made with an s
 */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${chosen(count, one, many)}`;
}

/** One of two words or phrases, by how many there are: “is” or “are”. */
export function chosen(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}
