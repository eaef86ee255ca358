import { join } from 'node:path';
import { projectRoot } from '@recourse/config';

/** Templates that only this library's own tests render. */
export const demoViews = join(projectRoot, 'libs/web/test-support/views');
