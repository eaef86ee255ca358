import { RuleBook } from '@recourse/cases';
import { EXIT, type Command, type CommandContext } from '../command';
import { DEMO_COMPLAINTS } from '../demo/demo-complaints';
import { DEMO_PEOPLE } from '../demo/demo-people';
import { DemoWorkspace } from '../demo/demo-workspace';
import { needed } from '../missing-setting';
import { receiptSecrets } from '../receipt-secrets';
import { withDatabase } from '../with-database';
import { workerPublicKey } from '../worker-key';

/** The receipts that are shown: one with letters both ways, one with a question that waits for an answer. */
const SHOWN = ['forest-path-dogs', 'water-queue'];

/** Makes the demo workspace. */
export const seedDemo: Command = {
  name: 'seed-demo',
  usage: '',
  summary: 'Make the demo workspace: invented people, companies and complaints in every stage. Never in production.',
  help:
    'Everything happens through the use cases, with the roles of the processes, as if it had happened over the last months. Run a second time, it\n' +
    'goes on where it stopped, or changes nothing. Prints JSON: {"signIns": [{signInName, password, role, displayName}], "receipts": [{reference, receipt}]}.',
  options: {},
  run: async (context) => {
    const settings = context.settings();
    if (settings.mode === 'production') {
      context.note('RECOURSE_MODE is production: there is no demo workspace, whose passwords everybody knows.');
      return EXIT.refused;
    }
    const secrets = receiptSecrets(settings);
    const worker = workerPublicKey(settings);
    const urls = {
      intake: needed(settings.intakeDatabaseUrl, 'RECOURSE_INTAKE_DATABASE_URL'),
      casework: needed(settings.caseworkDatabaseUrl, 'RECOURSE_CASEWORK_DATABASE_URL'),
      worker: needed(settings.workerDatabaseUrl, 'RECOURSE_WORKER_DATABASE_URL'),
    };
    const rules = new RuleBook();
    const receipts = await withDatabase(settings.databaseUrl, (owner) =>
      withDatabase(urls.intake, (intake) =>
        withDatabase(urls.casework, (casework) =>
          withDatabase(urls.worker, (asWorker) =>
            new DemoWorkspace({ owner, intake, casework, worker: asWorker, rules, secrets, now: context.clock().now() }).make(worker),
          ),
        ),
      ),
    );
    tell(context, receipts);
    return EXIT.ok;
  },
};

function tell(
  { say, note }: CommandContext,
  receipts: ReadonlyMap<string, { readonly reference: string; readonly receipt: string }>,
): void {
  note(`The demo workspace has ${DEMO_PEOPLE.length} people and ${DEMO_COMPLAINTS.length} complaints. All of it is invented.`);
  const signIns = DEMO_PEOPLE.map(({ signInName, password, role, displayName }) => ({ signInName, password, role, displayName }));
  say(JSON.stringify({ signIns, receipts: SHOWN.map((code) => receipts.get(code)) }));
}
