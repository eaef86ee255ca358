import { publicDoor, Visitor, type SentPage } from '../test-support/public-door';

const door = publicDoor();
const story = 'The guards came at six in the morning with two dogs.';

/** Files a complaint and opens the page with the number. */
async function filed(): Promise<{ visitor: Visitor; receipt: string }> {
  const visitor = new Visitor(door());
  await visitor.file(story);
  const { receipt } = await visitor.follow();
  return { visitor, receipt };
}

/** Goes back through everything that was sent, the latest first, and lets the browser send it again. */
async function pagesBehind(visitor: Visitor): Promise<{ sent: SentPage; status: number; html: string; location: string | undefined }[]> {
  const found = [];
  for (const sent of visitor.history.toReversed()) {
    const { status, html, headers } = await visitor.sendAgain(sent);
    found.push({ sent, status, html, location: headers.location });
  }
  return found;
}

async function expectNothingBehind(visitor: Visitor, receipt: string): Promise<void> {
  const behind = await pagesBehind(visitor);
  expect(behind.length).toBeGreaterThan(3);
  for (const { sent, status, html, location } of behind) {
    expect([sent.fields['step'] ?? sent.path, status, location]).toEqual([sent.fields['step'] ?? sent.path, 403, undefined]);
    expect(html).not.toContain(story);
    expect(html).not.toContain(sent.fields['draft'] ?? story);
    for (const group of receipt.match(/\d{4}/g) ?? []) expect(html).not.toContain(`>${group}<`);
    if (receipt !== '') expect(html).not.toContain(receipt);
    expect(html).not.toContain('<form method="post"');
  }
  expect((await visitor.open('/receipt')).receipt).toBe('');
  expect((await visitor.open('/my-complaint')).headers.location).toBe('/return');
}

describe('"Back", and sending the page again, shows neither the story nor the number', () => {
  it('after "Leave this page"', async () => {
    const { visitor, receipt } = await filed();
    await visitor.open('/leave');
    await expectNothingBehind(visitor, receipt);
  });

  it('after "Leave this page" and the first page of a new visit', async () => {
    const { visitor, receipt } = await filed();
    await visitor.open('/leave');
    await visitor.open('/before-you-start');
    await expectNothingBehind(visitor, receipt);
  });

  it('after "Leave this page" in the middle of the form', async () => {
    const visitor = new Visitor(door());
    await visitor.open('/complaint');
    for (const fields of [{}, {}, { narrative: story }, {}]) await visitor.press({ ...fields, go: 'continue' });
    await visitor.open('/leave');
    await expectNothingBehind(visitor, '');
  });

  it('after "I have written it down"', async () => {
    const { visitor, receipt } = await filed();
    await visitor.press();
    expect(visitor.headers.location).toBe('/receipt/done');
    await expectNothingBehind(visitor, receipt);
  });

  it('after "Finish and hide my complaint"', async () => {
    const { visitor, receipt } = await filed();
    await visitor.open('/return');
    await visitor.press({ number: receipt });
    await visitor.open('/my-complaint/message');
    await visitor.press({ text: story });
    await visitor.open('/my-complaint');
    expect(visitor.text).toContain(story);
    await visitor.press();
    expect(visitor.headers.location).toBe('/my-complaint/left');
    await expectNothingBehind(visitor, receipt);
  });

  it('in another browser that was given the pages', async () => {
    const { visitor, receipt } = await filed();
    const other = new Visitor(door());
    other.history.push(...visitor.history);
    await other.open('/');
    await expectNothingBehind(other, receipt);
  });
});

describe('within the visit', () => {
  it('a complaint that is sent again, because the line broke or the button was pressed twice, has the same number', async () => {
    const { visitor, receipt } = await filed();
    const sent = visitor.history.at(-1)!;
    expect((await visitor.sendAgain(sent)).headers.location).toBe('/receipt');
    expect((await visitor.follow()).receipt).toBe(receipt);
  });
});
