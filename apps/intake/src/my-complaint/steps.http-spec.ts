import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PublishProcedure, RuleBook } from '@recourse/cases';
import { projectRoot } from '@recourse/config';
import { waitFor } from '@recourse/testing';
import { publicDoor, Visitor } from '../../test-support/public-door';

const door = publicDoor();

let visitor: Visitor;
let receipt: string;
let reference: string;

/** A complaint under the first version of its rules, and then a second version with other words and days, which is in force now. */
beforeAll(async () => {
  const writer = new Visitor(door());
  await writer.file('The guards came at six in the morning.');
  await writer.follow();
  ({ receipt } = writer);
  const text = (await readFile(join(projectRoot, 'libs/domain/procedures/remedy.yaml'), 'utf8'))
    .replace('version: 1', 'version: 2')
    .replace('within: 5 working_days', 'within: 9 working_days')
    .replace('publicName: { en: Your complaint has reached us', 'publicName: { en: It is in our letterbox');
  const document = { text, fileName: 'remedy.yaml', staffing: 'to_come', now: new Date() } as const;
  const published = await new PublishProcedure(door().owner, new RuleBook()).run(document);
  if (!published.ok) throw new Error(JSON.stringify(published));
  const [row] = await door().owner.query<{ reference: string }[]>('SELECT reference FROM case_file');
  reference = row?.reference ?? '';
});

beforeEach(async () => {
  visitor = new Visitor(door());
  await visitor.open('/return');
  await visitor.press({ number: receipt });
  await visitor.follow();
});

const stepOf = ({ html }: Visitor, code: string): string => {
  const item = html.split('<li id="stage-').find((one) => one.startsWith(`${code}"`)) ?? '';
  return item.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
};

describe('the steps of somebody’s own complaint', () => {
  it('are those of the version it goes by, and say where it stands', async () => {
    expect(visitor.html).toContain('href="/my-complaint/steps/1"');
    await visitor.open('/my-complaint/steps/1?lang=en');
    expect(visitor.status).toBe(200);
    expect(stepOf(visitor, 'received')).toMatch(/Your complaint has reached us Your complaint stands here .*no longer than 5 working days/);
    expect(visitor.html.match(/aria-current="step"/g)).toHaveLength(1);
    expect([...visitor.html.matchAll(/<li id="stage-([a-z_]+)"[^>]*>\s*<details class="rc-fold" open>/g)].map(([, code]) => code)).toEqual([
      'received',
    ]);
    expect(visitor.text).toContain('also when others hold for new ones');
    // The desk knows its rules for ten seconds.
    const stranger = new Visitor(door());
    const inForce = async () => stepOf(await stranger.open('/what-happens?lang=en'), 'received');
    await waitFor('the second version is in force', async () => (await inForce()).includes('It is in our letterbox'), 20_000);
    expect(await inForce()).toContain('no longer than 9 working days');
    expect(stranger.text).not.toContain('stands here');
  });

  it('are there in Arabic', async () => {
    await visitor.open('/my-complaint/steps/1?lang=ar');
    expect(stepOf(visitor, 'received')).toContain('شكواك هنا الآن');
    expect(visitor.html).toContain('dir="rtl"');
  });

  it('have neither the number nor the reference in an address, and open nothing', async () => {
    const events = async () => Number((await door().owner.query<{ count: string }[]>('SELECT count(*) FROM case_event'))[0]?.count);
    await door().answerAs(reference, 'We have a question for you.');
    const before = await events();
    await visitor.open('/my-complaint/steps/1');
    expect(await events()).toBe(before);
    expect(await door().owner.query('SELECT id FROM message WHERE first_read_at IS NOT NULL')).toEqual([]);
    const addresses = [...visitor.html.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(10);
    expect(addresses.filter((address = '') => [receipt, reference].some((secret) => address.includes(secret)))).toEqual([]);
  });

  it.each(['2', '0', 'one', '1e0'])('are not found for a procedure that the complaint does not have: %s', async (place) => {
    expect((await visitor.open(`/my-complaint/steps/${place}`)).status).toBe(404);
  });

  it('are for nobody without the number', async () => {
    const stranger = await new Visitor(door()).open('/my-complaint/steps/1');
    expect([stranger.status, stranger.headers['location']]).toEqual([303, '/return']);
  });
});
