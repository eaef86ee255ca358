import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import { accessKey, type Access } from '@recourse/process';

export const tokenByHandlerKey = 'recourse:token-by-handler';

/** Anybody may come. Every route carries this or `Requires`, otherwise the process does not start. */
export const Public = (): CustomDecorator => SetMetadata(accessKey, 'public' satisfies Access);

/** Only who has this permission may come; the app's `Doorkeeper` decides. */
export const Requires = (permission: string): CustomDecorator => SetMetadata(accessKey, { permission } satisfies Access);

/**
 * The route reads its body itself, as a stream (files), and so checks the form token itself: `FormTokens.verify` on the
 * field `_csrf`, which the form sends first. For everything else the pipeline does it.
 */
export const ChecksTokenItself = (): CustomDecorator => SetMetadata(tokenByHandlerKey, true);
