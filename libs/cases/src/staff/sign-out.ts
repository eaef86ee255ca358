import { Injectable } from '@nestjs/common';
import { deleteSession, inTransaction } from '@recourse/persistence';
import { sessionLookup } from '@recourse/vault';
import { DataSource } from 'typeorm';

/** Ends a session at once, everywhere. Unknown tokens are no error. */
@Injectable()
export class SignOut {
  constructor(private readonly dataSource: DataSource) {}

  async run(input: { readonly token: string }): Promise<void> {
    await inTransaction(this.dataSource, (tx) => deleteSession(tx, sessionLookup(input.token)));
  }
}
