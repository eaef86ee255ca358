import { Injectable } from '@nestjs/common';
import { findShownIntakeItem, findShownMessage, inTransaction } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { checkText } from '../filing/check-complaint';
import { FilingSecrets } from '../filing/filing-secrets';
import { rowIdFor } from '../keys/client-key';
import { openedItem, openedMessage } from './open-shown-rows';
import { showCase } from './shown-case';

/** A text as a page brings it, perhaps for the second time. */
export interface RecogniseSentTextInput {
  readonly digits: string;
  readonly what: 'message' | 'addition';
  readonly clientKey: string;
  readonly text: string;
}

/** Whether the very same text is stored already under this key. Reads only: nothing counts as seen. */
@Injectable()
export class RecogniseSentText {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: FilingSecrets,
  ) {}

  async run({ digits, what, clientKey, text }: RecogniseSentTextInput): Promise<boolean> {
    const checked = checkText('text', text);
    if (!checked.ok) return false;
    return inTransaction(this.dataSource, async (tx) => {
      const shown = await showCase(tx, this.secrets, digits);
      const id = shown && rowIdFor(shown.file.id, clientKey);
      if (shown === undefined || id === undefined) return false;
      if (what === 'message') {
        const message = await findShownMessage(tx, id);
        return message !== undefined && openedMessage(shown.keys, shown.file.id, message).body === checked.text;
      }
      const item = await findShownIntakeItem(tx, id);
      return item !== undefined && openedItem(shown.keys, shown.file.id, item).text === checked.text;
    });
  }
}
