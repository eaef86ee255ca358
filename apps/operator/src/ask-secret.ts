import { createInterface } from 'node:readline';

/** Reads secrets: without echo at a terminal, otherwise one line of standard input each. */
export class SecretReader {
  #lines: AsyncIterator<string> | undefined;

  constructor(
    private readonly input: NodeJS.ReadStream,
    private readonly output: NodeJS.WriteStream,
  ) {}

  /**
   * @param question what is asked for; shown at a terminal only
   * @throws Error when standard input ends before
   */
  async ask(question: string): Promise<string> {
    if (this.input.isTTY) {
      return this.#askAtTerminal(question);
    }
    this.#lines ??= createInterface({ input: this.input, crlfDelay: Infinity })[Symbol.asyncIterator]();
    const line = await this.#lines.next();
    if (line.done === true) {
      throw new Error(`standard input ended where this was expected: ${question}`);
    }
    return line.value;
  }

  /** Stops reading, so that the process can end. */
  close(): void {
    this.input.destroy();
  }

  #askAtTerminal(question: string): Promise<string> {
    this.output.write(`${question}: `);
    this.input.setRawMode(true);
    this.input.setEncoding('utf8').resume();
    return new Promise((resolve, reject) => {
      let typed = '';
      const end = (): void => {
        this.input.off('data', take).pause().setRawMode(false);
        this.output.write('\n');
      };
      const take = (text: string): void => {
        for (const key of text) {
          if (key === '\r' || key === '\n') {
            end();
            resolve(typed);
            return;
          }
          if (key === '\u0003' || key === '\u0004') {
            end();
            reject(new Error('interrupted'));
            return;
          }
          typed = key === '\u007f' || key === '\b' ? [...typed].slice(0, -1).join('') : typed + key;
        }
      };
      this.input.on('data', take);
    });
  }
}
