import { constants, brotliCompressSync, gzipSync } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { runtime, type Environment } from 'nunjucks';
import { AssetCatalogue } from '../assets/asset-catalogue';
import { Languages, type Say } from '../language/languages';
import { contextOf } from '../request-context';
import { FormTokens, tokenField } from '../safety/form-tokens';
import { webOptionsToken, type WebOptions } from '../web-options';
import { createPageEnvironment, templatesOf } from './page-environment';
import type { TemplateFiles } from './template-files';

/** Below this many bytes compression costs more than it saves. */
const worthCompressing = 1400;

/** Renders templates into answers, in the language of the request, with everything the layouts need. */
@Injectable()
export class PageRenderer {
  private readonly environments: ReadonlyMap<string, { readonly environment: Environment; readonly templates: TemplateFiles }>;

  constructor(
    private readonly languages: Languages,
    private readonly tokens: FormTokens,
    assets: AssetCatalogue,
    @Inject(webOptionsToken) private readonly options: WebOptions,
  ) {
    const prepared = languages.all.map((one) => {
      const templates = templatesOf(options);
      return [one.code, { templates, environment: createPageEnvironment(one, languages, assets, options, templates) }] as const;
    });
    this.environments = new Map(prepared);
  }

  /**
   * Answers with a page.
   * @param view template name in the app's view folder: `filing/narrative.njk`
   * @param model what the template sees; besides it sees `nonce`, `path`, `formToken` (a hidden input, put it into
   *   every form), `languageLinks`, and the globals and filters of `createPageEnvironment`
   * @throws when the template is broken or a message is missing: the error filter answers, nothing half-made is sent
   */
  render(res: Response, view: string, model: object = {}, status = 200): void {
    this.send(res, this.html(res, view, model), status);
  }

  /** The page as text, for the rare answer that is not sent at once. */
  html(res: Response, view: string, model: object = {}): string {
    const { language, nonce, keptQuery } = contextOf(res);
    const token = this.tokens.issue(res.req, res);
    return this.environment(language).render(view, {
      nonce,
      path: res.req.path,
      languageLinks: this.languageLinks(language, keptQuery),
      formToken: new runtime.SafeString(`<input type="hidden" name="${tokenField}" value="${token}">`),
      errorLayout: this.options.layout,
      training: this.training(),
      ...this.options.pageModel?.(res.req, res),
      ...model,
    });
  }

  /** What every page of a training workspace says at its top, so that nobody takes it for real. */
  private training() {
    const { clock } = this.options;
    return clock.pace === 1 ? undefined : { seconds: Math.round(86_400 / clock.pace), now: clock.now() };
  }

  private environment(language: string): Environment {
    const prepared = this.environments.get(language);
    if (!prepared) throw new Error(`The language "${language}" is not configured.`);
    // Where templates are edited, a changed one is seen at once.
    if (this.options.mode === 'development') prepared.templates.forgetChanged();
    return prepared.environment;
  }

  /** The sayer in the language of this request, for a controller that needs a sentence. */
  say(res: Response): Say {
    return this.languages.in(contextOf(res).language);
  }

  private send(res: Response, html: string, status: number): void {
    const body = Buffer.from(html, 'utf8');
    res.status(status).setHeader('content-type', 'text/html; charset=utf-8');
    res.setHeader('vary', 'accept-encoding, accept-language, cookie');
    const encoding = body.length < worthCompressing ? undefined : chooseEncoding(res.req);
    if (encoding) res.setHeader('content-encoding', encoding);
    const sent = encoding ? compress(body, encoding) : body;
    res.setHeader('content-length', sent.length);
    res.end(res.req.method === 'HEAD' ? undefined : sent);
  }

  /** The same page in the other languages. Without a path of its own, so that nobody's address gets into a link; with what `keepQuery` was told. */
  private languageLinks(current: string, kept: Readonly<Record<string, string>>) {
    return this.languages.all.map((one) => ({
      href: `?${new URLSearchParams({ ...kept, lang: one.code }).toString()}`,
      text: one.name,
      lang: one.code,
      dir: one.direction,
      current: one.code === current,
    }));
  }
}

function chooseEncoding(req: Request): 'br' | 'gzip' | undefined {
  if (req.acceptsEncodings('br')) return 'br';
  return req.acceptsEncodings('gzip') ? 'gzip' : undefined;
}

/** Quality 5 of brotli: within 5 % of the size of 11 for pages of this size, in about a millisecond. */
function compress(body: Buffer, encoding: 'br' | 'gzip'): Buffer {
  if (encoding === 'gzip') return gzipSync(body);
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}
