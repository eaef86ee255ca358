import { randomUUID } from 'node:crypto';
import { startHouse, type House } from '../support/house';
import { atOnce, file, type Answer, type Filed } from '../support/partner';
import { FormVisitor } from '../support/form-visitor';

jest.setTimeout(180_000);

let house: House;
beforeAll(async () => (house = await startHouse()), 180_000);
afterAll(() => house.stop(), 60_000);

async function cases(): Promise<number> {
  const [row] = await house.query<{ count: number }>('SELECT count(*)::int AS count FROM case_file');
  return row?.count ?? -1;
}

function complaint(number: number): object {
  return { language: 'en', narrative: `The foreman kept the wages of crew ${number} for three months.`, country: 'KE' };
}

describe('many at once', () => {
  it('takes 1,000 complaints of 16 clients: 1,000 cases, no reference twice, no error', async () => {
    const before = await cases();
    const answers = await atOnce(16, 1_000, (number) => file(house.intake, complaint(number)));
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    expect(new Set(answers.map(({ body }) => body.reference)).size).toBe(1_000);
    expect(new Set(answers.map(({ body }) => body.receipt)).size).toBe(1_000);
    expect((await cases()) - before).toBe(1_000);
  });

  it('makes one case of one idempotency key that 16 clients send at the same time, and gives each the same receipt', async () => {
    const before = await cases();
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 16 }, () => file(house.intake, complaint(7), key)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 201));
    expect(new Set(answers.map(({ body }: Answer<Filed>) => `${body.reference} ${body.receipt}`)).size).toBe(1);
    expect((await cases()) - before).toBe(1);
  });

  it('makes one complaint of a double click on the form', async () => {
    const before = await cases();
    const visitor = new FormVisitor(house.intake);
    await visitor.open('/complaint');
    for (const question of ['safety', 'affected']) await visitor.post({ step: question, go: 'continue' });
    await visitor.post({ step: 'what_happened', go: 'check', narrative: 'Two of us were sent away without pay.', language: 'en' });
    const send = { step: 'check', go: 'send' };
    const receipts = await Promise.all([visitor.receiptAfter(send), visitor.receiptAfter(send)]);
    expect(receipts[0]).toMatch(/^\d{24}$/);
    expect(receipts[1]).toBe(receipts[0]);
    expect((await cases()) - before).toBe(1);
  });
});
