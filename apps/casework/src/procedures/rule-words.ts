import type { Duration, Procedure, Recipient, Wording } from '@recourse/domain';
import { findAction, findStage } from '@recourse/domain';
import type { Say } from '@recourse/web';
import type { CodeWord } from '../case/code-word';
import { worded } from '../case/worded';

/** Who reads a procedure, and what else is published: what an action opens is called by its title. */
export interface RulesReader {
  readonly language: string;
  readonly say: Say;
  readonly word: CodeWord;
  /** Title of another procedure by its code. */
  readonly titleOf: (procedure: string) => Wording | undefined;
}

/** The words for the parts of one procedure, in one language. */
export class RuleWords {
  constructor(
    readonly procedure: Procedure,
    private readonly reader: RulesReader,
  ) {}

  get say(): Say {
    return this.reader.say;
  }

  in(wording: Wording): string {
    return worded(wording, this.reader.language);
  }

  time({ unit, amount }: Duration): string {
    return this.reader.say(`intake-process.units.${unit}`, { count: amount });
  }

  role(role: string): string {
    return this.reader.word('role', role);
  }

  calendar(code: string): string {
    return this.reader.word('calendar', code);
  }

  stage(code: string): string {
    const stage = findStage(this.procedure, code);
    return stage ? this.in(stage.staffName) : code;
  }

  action(code: string): string {
    const action = findAction(this.procedure, code);
    return action ? this.in(action.name) : code;
  }

  opened(code: string): string {
    const title = this.reader.titleOf(code);
    return title ? this.in(title) : code.replaceAll('_', ' ');
  }

  recipients(recipients: readonly Recipient[]): string {
    return this.list(recipients.map((one) => this.reader.say(`casework-procedures.recipient.${one}`)));
  }

  /** All of them. */
  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.reader.language, { type: 'conjunction' }).format(items);
  }

  /** One of them. */
  oneOf(items: readonly string[]): string {
    return new Intl.ListFormat(this.reader.language, { type: 'disjunction' }).format(items);
  }
}
