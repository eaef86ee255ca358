/** Somebody at the public form without a browser: keeps cookies, and sends back the hidden fields of the page it last saw. */
export class FormVisitor {
  readonly #cookies = new Map<string, string>();
  #page = '';

  /** @param intake address of the public door, without a slash at the end */
  constructor(private readonly intake: string) {}

  /** Opens a page. */
  async open(path: string): Promise<string> {
    const response = await this.#fetch(path, { cookies: this.#cookies });
    // The form first finds out whether the browser keeps cookies.
    const location = response.headers.get('location');
    if (location !== null) return this.open(location);
    return (this.#page = await response.text());
  }

  /** Sends the form of the page last seen. */
  async post(fields: Readonly<Record<string, string>>): Promise<string> {
    const response = await this.#send(fields, this.#cookies);
    this.#page = await response.text();
    if (response.status !== 200) throw new Error(`The form was answered ${response.status}.`);
    return this.#page;
  }

  /** Sends the form without moving on, and gives the receipt it leads to as 24 digits. */
  async receiptAfter(fields: Readonly<Record<string, string>>): Promise<string> {
    const cookies = new Map(this.#cookies);
    const sent = await this.#send(fields, cookies);
    if (sent.status !== 303) throw new Error(`Sending was answered ${sent.status}.`);
    const text = await (await this.#fetch('/receipt', { cookies })).text();
    const groups = /rc-receipt-groups[^]*?<\/ol>/.exec(text)?.[0] ?? '';
    return [...groups.matchAll(/<li>(\d{4})<\/li>/g)].map(([, group]) => group).join('');
  }

  #send(fields: Readonly<Record<string, string>>, cookies: Map<string, string>): Promise<Response> {
    const body = new URLSearchParams({ _csrf: this.#hidden('_csrf'), draft: this.#hidden('draft'), ...fields });
    return this.#fetch('/complaint', { method: 'POST', body, cookies });
  }

  #hidden(name: string): string {
    const tag = new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(this.#page)?.[0] ?? '';
    return /value="([^"]*)"/.exec(tag)?.[1] ?? '';
  }

  async #fetch(path: string, { cookies, ...request }: RequestInit & { cookies: Map<string, string> }): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(this.intake + path, { ...request, redirect: 'manual', headers: { cookie, 'accept-language': 'en' } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return response;
  }
}
