import { Injectable } from '@nestjs/common';
import { findTrack, inTransaction } from '@recourse/persistence';
import { DataSource } from 'typeorm';
import { planNotification } from '../notifications/plan-notification';
import { FindStuckCases, type StuckCase } from './find-stuck-cases';
import { everyoneInCharge } from './staffing';

/**
 * Looks for stuck cases and tells every director and administrator once a day that there are some, by the reference of the one found first: one mail
 * however many there are, because a team that everybody has left makes thousands. Run as the worker, by as many workers as like.
 */
@Injectable()
export class TellOfStuckCases {
  constructor(
    private readonly dataSource: DataSource,
    private readonly findStuckCases: FindStuckCases,
  ) {}

  /**
   * @param input.now its day in UTC is the day for which nobody is told twice
   * @returns what was found, whoever told of it
   */
  async run({ now }: { readonly now: Date }): Promise<readonly StuckCase[]> {
    const found = await this.findStuckCases.run({ now });
    const [first] = found;
    if (first !== undefined) {
      await this.#tell(first, now);
    }
    return found;
  }

  async #tell({ trackId }: StuckCase, now: Date): Promise<void> {
    await inTransaction(this.dataSource, async (tx) => {
      const track = await findTrack(tx, trackId);
      if (track === undefined) {
        throw new Error('a stuck track does not exist');
      }
      const cause = `stuck_cases:${now.toISOString().slice(0, 10)}`;
      for (const recipientId of await everyoneInCharge(tx)) {
        const { caseId } = track;
        await planNotification(tx, { kind: 'staff_stuck_cases', recipientKind: 'staff', recipientId, caseId, cause, now });
      }
    });
  }
}
