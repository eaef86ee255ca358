import {
  AddCompany,
  AddStaff,
  FileComplaint,
  FilingDesk,
  keepSecrets,
  SetUpInstitution,
  UnlockStaff,
  type SignedInStaff,
} from '@recourse/cases';
import { markAsDemo, UnfitDatabase } from '@recourse/persistence';
import { v7 } from 'uuid';
import { publishShippedRules } from '../shipped-rules';
import { DEMO_COMPLAINTS, type DemoComplaint } from './demo-complaints';
import { DEMO_LIVES } from './demo-lives';
import { DEMO_COMPANIES, DEMO_PASSWORD_COST, DEMO_PEOPLE, type DemoPerson } from './demo-people';
import { forgetOldNews } from './forget-old-news';
import { filingKeyOf, type DemoSurroundings, type LiveCase } from './demo-surroundings';
import { LiveDemo } from './live-demo';

const DAY_MS = 24 * 3_600_000;

const othersWorkHere = 'it has people of its own: the demo workspace cannot be made in it';

/** Makes the demo workspace through the use cases, in the past. */
export class DemoWorkspace {
  constructor(private readonly surroundings: DemoSurroundings) {}

  /**
   * @param workerPublicKey to which addresses for nudges are sealed
   * @returns reference and receipt by code of the complaint
   * @throws UnfitDatabase when the institution is set up already, with other people than ours, or was used with other secrets
   */
  async make(workerPublicKey: Buffer): Promise<ReadonlyMap<string, LiveCase>> {
    const { owner, rules, secrets, now } = this.surroundings;
    const begin = new Date(now.getTime() - 240 * DAY_MS);
    // Before anybody can sign in: however this ends, the database never runs in production.
    if (!(await markAsDemo(owner.manager, { id: v7(), madeAt: now }))) {
      throw new UnfitDatabase(othersWorkHere);
    }
    await keepSecrets(owner, secrets);
    await this.setUp(workerPublicKey, begin);
    const people = await this.hire(begin);
    for (const company of DEMO_COMPANIES) {
      await new AddCompany(owner).run(company);
    }
    await publishShippedRules(owner, rules, begin);
    const cases = await this.fileAll();
    await new LiveDemo(this.surroundings, people, cases).play(DEMO_LIVES);
    await forgetOldNews(owner, new Date(now.getTime() - DAY_MS), now);
    return cases;
  }

  private async setUp(workerPublicKey: Buffer, now: Date): Promise<void> {
    const lead = DEMO_PEOPLE.find(({ teamRole }) => teamRole === 'lead');
    if (lead === undefined) {
      throw new Error('nobody leads the demo desk');
    }
    const setUp = new SetUpInstitution(this.surroundings.owner, DEMO_PASSWORD_COST);
    const result = await setUp.run({ workerPublicKey, deskName: 'Complaints desk', firstMember: lead, now });
    if (!result.ok) {
      throw new Error(`the demo institution cannot be set up: ${result.code}`);
    }
  }

  private async hire(now: Date): Promise<ReadonlyMap<string, SignedInStaff>> {
    const lead = DEMO_PEOPLE.filter(({ teamRole }) => teamRole === 'lead');
    const others = DEMO_PEOPLE.filter(({ teamRole }) => teamRole !== 'lead');
    const people = new Map<string, SignedInStaff>();
    for (const person of [...lead, ...others]) {
      const actor = [...people.values()][0];
      if (actor !== undefined) {
        await this.add(person, actor, now);
      }
      people.set(person.signInName, await this.unlock(person));
    }
    return people;
  }

  private async add(person: DemoPerson, actor: SignedInStaff, now: Date): Promise<void> {
    const teams = person.teamRole === undefined ? [] : [{ code: 'desk', teamRole: person.teamRole }];
    const added = await new AddStaff(this.surroundings.owner, DEMO_PASSWORD_COST).run({ actor, staff: person, teams, now });
    if (!added.ok && added.code !== 'sign_in_name_taken') {
      throw new Error(`${person.signInName} cannot be added: ${added.code}`);
    }
  }

  private async unlock({ signInName, password }: DemoPerson): Promise<SignedInStaff> {
    const { owner, now } = this.surroundings;
    const unlocked = await new UnlockStaff(owner).run({ signInName, password, now });
    if (!unlocked.ok) {
      throw new UnfitDatabase(othersWorkHere);
    }
    return unlocked.actor;
  }

  private async fileAll(): Promise<ReadonlyMap<string, LiveCase>> {
    const { intake, rules, secrets } = this.surroundings;
    const file = new FileComplaint(intake, secrets, new FilingDesk(intake, rules));
    const cases = new Map<string, LiveCase>();
    for (const complaint of DEMO_COMPLAINTS) {
      cases.set(complaint.code, await this.file(file, complaint));
    }
    return cases;
  }

  private async file(file: FileComplaint, { code, channel, complaint }: DemoComplaint): Promise<LiveCase> {
    const filedDaysAgo = DEMO_LIVES.find((life) => life.code === code)?.filedDaysAgo ?? 0;
    const now = new Date(this.surroundings.now.getTime() - filedDaysAgo * DAY_MS);
    const filed = await file.run({ idempotencyKey: filingKeyOf(code), channel, complaint, now });
    if (!filed.ok) {
      throw new Error(`the demo complaint ${code} was refused: ${filed.code}`);
    }
    return { reference: filed.reference, receipt: filed.receipt };
  }
}
