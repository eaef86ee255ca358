import { Injectable } from '@nestjs/common';

/** Ends a session at once, everywhere. Unknown tokens are no error. */
@Injectable()
export class SignOut {
  async run(input: { readonly token: string }): Promise<void> {
    throw new Error(`not written yet (${input.token.length})`);
  }
}
