/**
 * Where a process is reached on this machine. A port that is none is told as what it is, under its own name; the address made of it would be told as a second mistake,
 * in a setting that nobody set.
 * @param {string | undefined} port as it was set
 * @param {number} usual
 * @returns {string}
 */
export function localUrl(port, usual) {
  const url = `http://localhost:${port ?? usual}`;
  return URL.canParse(url) ? url : `http://localhost:${usual}`;
}
