import { randomUUID } from 'node:crypto';
import { Given, GIVEN_COMPLAINT, remedyText, tampered, tamperWith, testDatabase, waitFor, type GivenCase } from '@recourse/testing';
import { PerformAction } from '../actions/perform-action';
import { RecomputeClocks } from '../calendars/recompute-clocks';
import { RecomputeRequests } from '../calendars/recompute-requests';
import { FindStuckCases } from '../clocks/find-stuck-cases';
import { FireDeadline } from '../clocks/fire-deadline';
import { BoardRules } from '../desk/board-rules';
import { ListBoard } from '../desk/list-board';
import { ListQueue } from '../desk/list-queue';
import { OpenCase } from '../desk/open-case';
import { FileComplaint } from '../filing/file-complaint';
import { FilingDesk } from '../filing/filing-desk';
import { OpenComplaintByReceipt } from '../receipts/open-complaint-by-receipt';
import { CheckProcedure } from './check-procedure';
import { PublishProcedure } from './publish-procedure';
import { ReviewPublishedProcedures } from './review-published-procedures';
import { ReadProcedures } from './read-procedures';
import { RuleBook } from './rule-book';
import { SimulateProcedure } from './simulate-procedure';

const NOW = new Date('2026-03-02T07:00:00Z');
const LATER = new Date('2026-06-01T07:00:00Z');

describe('a calendar that was damaged', () => {
  const database = testDatabase();
  let given: Given;
  let filed: GivenCase;
  beforeAll(async () => {
    given = await Given.in(database, NOW);
    filed = await given.filed({ now: NOW });
    const closing = { outcome: 'unable_to_determine', reason: 'Nobody knows.', message: 'We could not find out.' };
    const asked = await given.caseIn('admissible', { now: NOW });
    await given.performed(asked, { action: 'close_without_remedy', actor: given.institution.supervisor, ...closing, now: NOW });
  }, 60_000);

  const damaged = async (calendar: string, look: () => Promise<void>) =>
    tampered(
      given.owner,
      'calendar_version',
      `UPDATE calendar_version SET document = document || '# x' WHERE calendar = '${calendar}'`,
      look,
    );

  /** What everybody does, and what rules that name the damaged calendar meet. */
  function attempts(calendar: string): Readonly<Record<string, (rules: RuleBook) => Promise<unknown>>> {
    const { owner, intake, casework, worker, institution } = given;
    const { officer, supervisor, secrets } = institution;
    const { reference, trackId: track, receipt: digits } = filed;
    const naming = async () => ({
      text: (await remedyText()).replace('calendar: geneva', `calendar: ${calendar}`).replace('version: 1', 'version: 9'),
      fileName: 'remedy.yaml',
      now: NOW,
    });
    return {
      'a complaint is filed': (rules) =>
        new FileComplaint(intake, secrets, new FilingDesk(intake, rules)).run({
          idempotencyKey: randomUUID(),
          channel: 'web_form',
          complaint: GIVEN_COMPLAINT,
          now: NOW,
        }),
      'it is opened with its receipt': (rules) => new OpenComplaintByReceipt(intake, secrets, rules).run({ digits, now: NOW }),
      'the case is opened': (rules) => new OpenCase(casework, rules).run({ actor: officer, reference, now: NOW }),
      'the queue is listed': (rules) => new ListQueue(casework, rules).run({ actor: officer, filter: 'all', now: NOW }),
      'the board is listed': (rules) =>
        new ListBoard(casework, rules, new BoardRules(30)).run({ actor: supervisor, part: 'late', now: LATER }),
      'somebody acts': async (rules) => {
        const { revision: seenRevision, stage } = await given.track(reference);
        const action = stage === 'received' ? 'acknowledge' : 'begin_screening';
        return new PerformAction(casework, rules).run({ actor: officer, reference, track, action, seenRevision, inputs: {}, now: NOW });
      },
      'clocks are recomputed': (rules) => new RecomputeClocks(worker, rules).run({ now: NOW }),
      'requests are recomputed': (rules) => new RecomputeRequests(worker, rules).run(),
      'a clock fires': (rules) => new FireDeadline(worker, rules).runDue({ now: LATER, limit: 1 }),
      'published rules are reviewed': (rules) => new ReviewPublishedProcedures(owner, rules).run(),
      'rules that name it are checked': async (rules) => new CheckProcedure(owner, rules).run(await naming()),
      'rules that name it are simulated': async (rules) =>
        new SimulateProcedure(owner, rules).run({ procedure: await naming(), now: NOW }, () => undefined),
      'rules that name it are published': async (rules) =>
        new PublishProcedure(owner, rules).run({ ...(await naming()), staffing: 'to_come' }),
    };
  }

  /** Each in a process that has read nothing yet. @returns what did not go through, and why */
  async function problemsWith(calendar: string): Promise<Readonly<Record<string, string>>> {
    const problems: Record<string, string> = {};
    for (const [what, attempt] of Object.entries(attempts(calendar))) {
      try {
        const done = (await attempt(new RuleBook())) as { readonly ok?: boolean; readonly failed?: readonly { readonly error: unknown }[] };
        const [failed] = done.failed ?? [];
        if (failed !== undefined) throw failed.error;
        if (done.ok === false) problems[what] = JSON.stringify(done);
      } catch (error) {
        problems[what] = error instanceof Error ? error.message : String(error);
      }
    }
    return problems;
  }
  const stuck = async () => (await new FindStuckCases(given.worker, new RuleBook()).run({ now: NOW })).map(({ kind }) => kind);
  const stored = async () =>
    given.owner.query<unknown[]>(
      `SELECT (SELECT count(*) FROM case_file) AS cases, (SELECT count(*) FROM case_event) AS events, (SELECT count(*) FROM message) AS messages,
              (SELECT count(*) FROM procedure_version) AS rules, (SELECT count(*) FROM outbox_message) AS outbox`,
    );

  it('and that no procedure names, stops nothing but rules that would name it', async () => {
    await damaged('gulf', async () => {
      const sentence = expect.stringContaining('gulf, version 1, is not what was published (run') as unknown;
      expect(await problemsWith('gulf')).toEqual({
        'rules that name it are checked': sentence,
        'rules that name it are simulated': sentence,
        'rules that name it are published': sentence,
      });
      expect(await stuck()).toEqual([]);
    });
  });

  it('and that the procedure of a case names, is told whatever is done with the case, and nothing is stored', async () => {
    await damaged('geneva', async () => {
      const before = await stored();
      const problems = await problemsWith('geneva');
      expect(new Set(Object.values(problems))).toEqual(
        new Set([expect.stringContaining('geneva, version 1, is not what was published (run')]),
      );
      // A list is of several cases and says so row by row; the complainant reads and writes without rules. Nothing was counted by an older version of it,
      // so there is nothing to recompute.
      const goesOn = [
        'it is opened with its receipt',
        'the queue is listed',
        'the board is listed',
        'clocks are recomputed',
        'requests are recomputed',
      ];
      expect(Object.keys(attempts('geneva')).filter((what) => !(what in problems))).toEqual(goesOn);
      expect(await stored()).toEqual(before);
      expect(new Set(await stuck())).toEqual(new Set(['rules_unreadable']));
    });
  });

  it('is gone by again a second after its row was restored, also by a process that met the damage', async () => {
    const rules = new RuleBook();
    await damaged('geneva', async () => {
      expect((await rules.calendarsIn(given.owner.manager)).has('geneva')).toBe(false);
    });
    await waitFor('it is read again', async () => (await rules.calendarsIn(given.owner.manager)).has('geneva'));
  });
});

describe('a calendar that was damaged and that the rules of some cases name', () => {
  const database = testDatabase();
  let given: Given;
  let under: { readonly sound: GivenCase; readonly damaged: GivenCase };
  beforeAll(async () => {
    given = await Given.in(database, NOW);
    const sound = await given.filed({ now: NOW });
    const text = (await remedyText()).replace('calendar: geneva', 'calendar: gulf').replace('version: 1', 'version: 2');
    const published = await new PublishProcedure(given.owner, new RuleBook()).run({
      text,
      fileName: 'remedy.yaml',
      staffing: 'to_come',
      now: NOW,
    });
    if (!published.ok) throw new Error(JSON.stringify(published));
    const damaged = await given.filed({ now: NOW });
    await tamperWith(given.owner, 'calendar_version', `UPDATE calendar_version SET document = document || '# x' WHERE calendar = 'gulf'`);
    under = { sound, damaged };
  }, 60_000);

  it.each([
    ['now', NOW, false],
    ['late', LATER, true],
  ])('takes those cases off no queue, and the others keep all that is told of them: %s', async (_, now, isLate) => {
    const { officer } = given.institution;
    const { items, counts } = await new ListQueue(given.casework, new RuleBook()).run({ actor: officer, filter: 'all', now });
    const row = ({ reference }: GivenCase) => items.find((one) => one.reference === reference);
    expect([items.length, counts.all]).toEqual([2, 2]);
    expect(row(under.sound)).toMatchObject({ areRulesReadable: true, stageName: { en: 'Received' }, nextDueOn: '2026-03-09', isLate });
    expect(row(under.damaged)).toMatchObject({ areRulesReadable: false, stage: 'received', revision: 1, hasNews: true, isLate });
    expect(Object.keys(row(under.damaged) ?? {}).filter((key) => /stageName|outcomeName|nextDue/.test(key))).toEqual([]);
  });

  it.each(['late', 'unheld'] as const)('takes them off no part of the board: %s', async (part) => {
    const { supervisor } = given.institution;
    const board = new ListBoard(given.casework, new RuleBook(), new BoardRules(30));
    const { items, counts } = await board.run({ actor: supervisor, part, now: LATER });
    const line = ({ reference }: GivenCase) => items.find((one) => one.reference === reference);
    expect([items.length, counts[part]]).toEqual([2, 2]);
    expect(line(under.sound)).toMatchObject({ areRulesReadable: true, stageName: { en: 'Received' }, due: { on: '2026-03-09' } });
    expect(line(under.damaged)).toMatchObject({ areRulesReadable: false, stage: 'received', team: { name: 'Complaints desk' } });
    expect(Object.keys(line(under.damaged) ?? {}).filter((key) => /stageName|due|pause|approval/.test(key))).toEqual([]);
  });

  it('leaves the other versions in the list of what is published', async () => {
    const listed = await new ReadProcedures(given.casework, new RuleBook()).list(given.institution.officer);
    const remedy = listed.filter(({ procedure }) => procedure === 'remedy').map(({ version, title }) => [version, title !== undefined]);
    expect(remedy).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  it('opens the other cases, and those not', async () => {
    const open = ({ reference }: GivenCase) =>
      new OpenCase(given.casework, new RuleBook()).run({ actor: given.institution.officer, reference, now: NOW });
    expect(await open(under.sound)).toMatchObject({ ok: true });
    await expect(open(under.damaged)).rejects.toThrow('gulf, version 1, is not what was published');
  });
});

describe('a process that has just started', () => {
  const database = testDatabase();
  it('shows days as their calendar counts them from the first case on that it opens, and on the first board', async () => {
    const given = await Given.in(database, NOW);
    const { reference } = await given.filed({ now: NOW });
    const { officer, supervisor } = given.institution;
    const opened = await new OpenCase(given.casework, new RuleBook()).run({ actor: officer, reference, now: NOW });
    const board = new ListBoard(given.casework, new RuleBook(), new BoardRules(30));
    const { items } = await board.run({ actor: supervisor, part: 'late', now: LATER });
    // The end of a day in Geneva is in the midst of one in UTC, which is what there is without calendars.
    expect(opened.ok && opened.view.tracks[0]?.clocks.map((clock) => clock.dueWithinTheDay)).not.toContain(true);
    expect(items.map(({ due }) => due?.withinTheDay ?? false)).toEqual([false]);
  });
});
