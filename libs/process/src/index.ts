/**
 * What every process that serves needs, whether it has pages or not: health and figures, its log, and a start that says why it failed.
 */
export { HealthModule, InPart, type ReadinessCheck } from './health/health.module';
export { Metrics } from './health/metrics';
export { nowAndThen } from './health/now-and-then';
export { ProcessLog } from './process-log';
export { accessKey, type Access } from './route-access';
export { startOrExit } from './start-or-exit';
