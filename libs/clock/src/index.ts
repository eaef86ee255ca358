export { Clock } from './clock';
export { SystemClock } from './system-clock';
export { clockFor, TrainingClock, type TrainingTime } from './training-clock';
