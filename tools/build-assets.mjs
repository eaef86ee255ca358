/**
 * Builds what browsers load into dist/assets: style sheets in both directions of writing, scripts, icons. Each under a
 * name with the hash of its content, with compressed copies, listed in manifest.json for libs/web (AssetCatalogue).
 *
 *     node tools/build-assets.mjs
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { minify } from '@swc/core';
import rtlcss from 'rtlcss';
import * as sass from 'sass';
import { joinModules } from './join-modules.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'libs/web');
const target = join(root, 'dist/assets');
const sheets = ['public', 'staff'];
const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' };

/** A comment for rtlcss begins with `/*!`, or Sass leaves it out with all others. */
function styleSheets() {
  return sheets.flatMap((name) => {
    const { css } = sass.compile(join(source, `scss/${name}.scss`), {
      style: 'compressed',
      // The Ministry of Justice's Sass names govuk-frontend by its path from here.
      loadPaths: [root],
      importers: [new sass.NodePackageImporter(root)],
    });
    return [
      [`${name}.css`, css.replaceAll(/\/\*!rtl:[^*]*\*\//g, '')],
      [`${name}.rtl.css`, rtlcss.process(css)],
    ];
  });
}

async function scripts() {
  return Promise.all(
    sheets.map(async (name) => {
      const joined = joinModules(join(source, `scripts/${name}.mjs`), root);
      const { code } = await minify(joined, { module: true, compress: true, mangle: { toplevel: true } });
      return [`${name}.js`, code];
    }),
  );
}

function images() {
  const folder = join(source, 'images');
  return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8').trim()]);
}

function write(name, text) {
  const bytes = Buffer.from(text, 'utf8');
  const [, stem, extension] = /^(.+)\.(\w+)$/.exec(name);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  const file = `${stem}.${hash}.${extension}`;
  writeFileSync(join(target, file), bytes);
  const small = { br: brotli(bytes), gz: gzipSync(bytes, { level: 9 }) };
  const encodings = Object.keys(small).filter((encoding) => small[encoding].length < bytes.length);
  for (const encoding of encodings) writeFileSync(join(target, `${file}.${encoding}`), small[encoding]);
  return [name, { file, type: types[extension], encodings }];
}

function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
  });
}

const assets = [...styleSheets(), ...(await scripts()), ...images()];
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const manifest = Object.fromEntries(assets.map(([name, text]) => write(name, text)));
writeFileSync(join(target, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
