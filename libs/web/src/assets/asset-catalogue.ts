import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NextFunction, Request, Response } from 'express';
import { projectRoot } from '@recourse/config';

/** One entry of `dist/assets/manifest.json`, written by `tools/build-assets.mjs`. */
interface ManifestEntry {
  /** Name with its content hash: `public.3f9a1c22.css`. */
  readonly file: string;
  readonly type: string;
  /** Suffixes of the compressed copies beside it. */
  readonly encodings: readonly ('br' | 'gz')[];
}

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly br?: Buffer;
  readonly gz?: Buffer;
}

/** The style sheets, scripts and icons, held in memory: a few dozen kB, read once, no path from the outside opens a file. */
export class AssetCatalogue {
  private constructor(
    private readonly files: ReadonlyMap<string, string>,
    private readonly assets: ReadonlyMap<string, Asset>,
  ) {}

  /** @throws Error saying how to build them when they are not there. */
  static load(folder: string = join(projectRoot, 'dist/assets')): AssetCatalogue {
    const manifest = join(folder, 'manifest.json');
    if (!existsSync(manifest)) throw new Error(`There are no style sheets in ${folder}. Run: node tools/build-assets.mjs`);
    const entries = Object.entries(JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, ManifestEntry>);
    return new AssetCatalogue(
      new Map(entries.map(([name, entry]) => [name, entry.file])),
      new Map(entries.map(([, entry]) => [entry.file, readAsset(folder, entry)])),
    );
  }

  /** For tests of pages that need no style: every name has an address, and nothing is behind it. */
  static none(): AssetCatalogue {
    return new AssetCatalogue(new Map(), new Map());
  }

  /** Address of an asset by its plain name: `public.css` → `/assets/public.3f9a1c22.css`. */
  url(name: string): string {
    return `/assets/${this.files.get(name) ?? name}`;
  }

  /** Express handler for `/assets/…`: unchanging bytes under a hashed name, compressed when the browser takes it. */
  handler() {
    return (req: Request, res: Response, next: NextFunction): void => {
      const asset = this.assets.get(req.path.slice(1));
      if (!asset || (req.method !== 'GET' && req.method !== 'HEAD')) {
        next();
        return;
      }
      const [body, encoding] = smallest(asset, req);
      res.setHeader('content-type', asset.type);
      res.setHeader('cache-control', 'public, max-age=31536000, immutable');
      res.setHeader('vary', 'accept-encoding');
      if (encoding) res.setHeader('content-encoding', encoding);
      res.setHeader('content-length', body.length);
      res.status(200).end(req.method === 'HEAD' ? undefined : body);
    };
  }
}

function smallest(asset: Asset, req: Request): [body: Buffer, encoding: string | undefined] {
  if (asset.br && req.acceptsEncodings('br')) return [asset.br, 'br'];
  if (asset.gz && req.acceptsEncodings('gzip')) return [asset.gz, 'gzip'];
  return [asset.plain, undefined];
}

function readAsset(folder: string, entry: ManifestEntry): Asset {
  const path = join(folder, entry.file);
  return {
    type: entry.type,
    plain: readFileSync(path),
    ...(entry.encodings.includes('br') ? { br: readFileSync(`${path}.br`) } : {}),
    ...(entry.encodings.includes('gz') ? { gz: readFileSync(`${path}.gz`) } : {}),
  };
}
