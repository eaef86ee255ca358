import {
  Controller,
  Get,
  Inject,
  Module,
  NotFoundException,
  Req,
  Res,
  SetMetadata,
  type DynamicModule,
  type InjectionToken,
  type ModuleMetadata,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { accessKey, type Access } from '../route-access';
import { Metrics } from './metrics';

/** One thing a process cannot work without. */
export interface ReadinessCheck {
  /** `database`, `evidence`, `queue`. */
  readonly name: string;
  /** Resolves when it is there, with {@link InPart} when some of it is; rejects when it is not. Given up after two seconds. */
  readonly check: () => Promise<unknown>;
}

/** There, but not for everything: the process goes on with the rest, and says what it does without. */
export class InPart {
  /** @param without names that anybody may read: no host, nothing of a case */
  constructor(readonly without: readonly string[]) {}
}

const checksToken = Symbol('ReadinessChecks');
const patience = 2000;

/** `GET /health/live`, `/health/ready` and `/metrics`. */
@Controller()
@SetMetadata(accessKey, 'public' satisfies Access)
export class HealthController {
  constructor(
    @Inject(checksToken) private readonly checks: readonly ReadinessCheck[],
    private readonly metrics: Metrics,
  ) {}

  /** The process runs. */
  @Get('health/live')
  live(@Res() res: Response): void {
    answer(res, 200, { status: 'ok' });
  }

  /** It can do its job: 200, also when only in part, or 503 with what is missing. Says names only; an error's text could name hosts. */
  @Get('health/ready')
  async ready(@Res() res: Response): Promise<void> {
    const results = await Promise.all(this.checks.map(async ({ name, check }) => ({ name, ...(await outcomeOf(check)) })));
    const states = new Set(results.map(({ state }) => state));
    const status = states.has('unavailable') ? 'unavailable' : states.has('degraded') ? 'degraded' : 'ok';
    const without = results.flatMap(({ name, missing }) => (missing === undefined ? [] : [[name, missing] as const]));
    answer(res, status === 'unavailable' ? 503 : 200, {
      status,
      checks: Object.fromEntries(results.map(({ name, state }) => [name, state])),
      ...(without.length > 0 && { without: Object.fromEntries(without) }),
    });
  }

  /**
   * Prometheus text. Only for a neighbour: how often the form was sent tells an outsider how many complaints there
   * are, so nothing that came through a proxy and nobody from a public address is answered.
   */
  @Get('metrics')
  async metricsText(@Req() req: Request, @Res() res: Response): Promise<void> {
    if (!isNeighbour(req)) throw new NotFoundException();
    const text = await this.metrics.registry.metrics();
    res.status(200).setHeader('content-type', this.metrics.registry.contentType);
    res.end(text);
  }
}

/** Health and metrics for any process, its checks injected. */
@Module({})
export class HealthModule {
  /**
   * @param options.useFactory makes the checks from what is injected:
   *   `(dataSource: DataSource) => [{ name: 'database', check: () => dataSource.query('select 1') }]`
   */
  static forRoot(options: {
    imports?: ModuleMetadata['imports'];
    inject?: InjectionToken[];
    // Nest calls it with what `inject` names; their types are the caller's.
    useFactory: (...injected: never[]) => readonly ReadinessCheck[];
  }): DynamicModule {
    return {
      module: HealthModule,
      imports: options.imports ?? [],
      controllers: [HealthController],
      providers: [
        { provide: checksToken, inject: options.inject ?? [], useFactory: options.useFactory as (...injected: unknown[]) => unknown },
        Metrics,
      ],
      exports: [Metrics],
    };
  }
}

function answer(res: Response, status: number, body: object): void {
  res.status(status).setHeader('cache-control', 'no-store');
  res.json(body);
}

interface Outcome {
  readonly state: 'ok' | 'degraded' | 'unavailable';
  /** What it does without. */
  readonly missing?: readonly string[];
}

async function outcomeOf(check: () => Promise<unknown>): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'unavailable' }), patience);
  });
  try {
    return await Promise.race([check().then(answered), late]);
  } catch (reason) {
    return { state: reason === undefined ? 'ok' : 'unavailable' };
  } finally {
    clearTimeout(timer);
  }
}

function answered(answer: unknown): Outcome {
  return answer instanceof InPart ? { state: 'degraded', missing: answer.without } : { state: 'ok' };
}

function isNeighbour(req: Request): boolean {
  const address = (req.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const forwarded = req.headers.forwarded ?? req.headers['x-forwarded-for'];
  return forwarded === undefined && /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd])/.test(address);
}
