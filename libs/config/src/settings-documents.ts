import { type Declaration, declaredSettings } from './declarations';

/** The text of `.env.example`: every setting, commented out, with its default or an invented value. */
export function envExample(): string {
  const entries = declaredSettings.map(([name, declaration]) =>
    [...wrap(`${declaration.says}${note(declaration)}`, 118).map((line) => `# ${line}`), `# ${name}=${shownValue(declaration)}`].join('\n'),
  );
  return `${[
    '# Settings of Recourse. Generated from libs/config/src/declarations.ts: change it there, then `npm run check -- --write`.',
    '# Copy to .env beside package.json; `npm start` reads it, and what the environment says comes first.',
    '',
    entries.join('\n\n'),
  ].join('\n')}\n`;
}

/** The text of docs/generated/settings.md: one table of every setting. */
export function settingsTable(): string {
  const rows = declaredSettings.map(([name, declaration]) => {
    const cells = [
      `\`${name}\``,
      declaration.type.name,
      shownDefault(declaration),
      Object.keys(declaration.givenTo).join(', '),
      says(declaration),
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return `${[
    '# Settings',
    '',
    '<!-- Generated from libs/config/src/declarations.ts. Do not edit; `npm run check -- --write` writes it again. -->',
    '',
    'Each process is given only the settings that name it. A misspelt name, a missing or malformed value and another process’s secret are',
    'all reported at once, and the process does not start. An empty value counts as absent. 🔑 marks secrets, whose values are never shown.',
    '',
    '| Setting | Form | When absent | Given to | Meaning |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n')}\n`;
}

function says(declaration: Declaration): string {
  return declaration.isSecret ? `🔑 ${declaration.says}` : declaration.says;
}

function shownDefault({ absent }: Declaration): string {
  switch (absent.kind) {
    case 'default':
      return `\`${absent.text}\``;
    case 'in_data_dir':
      return `\`${absent.text}\` in the data folder`;
    case 'optional':
      return '(nothing)';
    case 'required':
    case 'required_by_servers':
      return '**required**';
  }
}

function note({ absent, isSecret }: Declaration): string {
  const notes = [...(absent.kind.startsWith('required') ? ['Required; `npm start` makes one.'] : []), ...(isSecret ? ['Secret.'] : [])];
  return notes.length > 0 ? ` (${notes.join(' ')})` : '';
}

function shownValue({ absent, type, isSecret }: Declaration): string {
  if (absent.kind === 'default') return absent.text;
  if (absent.kind === 'in_data_dir') return `var/${absent.text}`;
  // An example key that works would be used one day.
  return isSecret && type.name.includes('digits') ? '' : type.example;
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
