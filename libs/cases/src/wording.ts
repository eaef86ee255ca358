export type { Wording } from '@recourse/domain';
