/** @param {unknown} text */
const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');

/**
 * A table in Markdown.
 * @param {readonly string[]} head
 * @param {readonly (readonly unknown[])[]} rows
 * @returns {string}
 */
export function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

/** @param {string} text */
export const code = (text) => `\`${text}\``;

/**
 * A page with its title and the remark that it is generated.
 * @param {string} title
 * @param {string} source what it is made from
 * @param {readonly string[]} parts paragraphs, tables, headings
 */
export function page(title, source, ...parts) {
  const remark = `<!-- Generated from ${source} by tools/generated.mjs. Do not edit; \`npm run check -- --write\` writes it again. -->`;
  return `${[`# ${title}`, remark, ...parts].join('\n\n')}\n`;
}
