import { join } from 'node:path';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CaseQuota, FilingDesk, FilingSecrets, INTAKE_USE_CASES, isDeskClosed, RuleBook } from '@recourse/cases';
import { clockFor } from '@recourse/clock';
import { projectRoot, type IntakeSettings } from '@recourse/config';
import { COMPLAINT_KINDS } from '@recourse/domain';
import { DEFAULT_LIMIT_BYTES, FileStore, FolderStore } from '@recourse/evidence';
import { checkDiskRoom, PersistenceModule } from '@recourse/persistence';
import { InPart, nowAndThen, HealthModule, type ReadinessCheck } from '@recourse/process';
import { WebModule, type AssetCatalogue, type WebOptions } from '@recourse/web';
import { apiControllers } from './api/openapi-document';
import { OpenApiController } from './api/openapi.controller';
import { ComplaintFormController } from './complaint-form/complaint-form.controller';
import { ComplaintFormPage } from './complaint-form/complaint-form.page';
import { DraftSealer } from './complaint-form/draft';
import { DraftDoor } from './complaint-form/draft-door';
import { DatabaseCheck } from './database-check';
import { EvidenceClearing } from './evidence-clearing';
import { FormOrigins } from './form-origin';
import { FileRules } from './file-rules';
import { IntakeSecrets } from './intake-secrets';
import { FileController } from './my-complaint/file.controller';
import { MyComplaintController } from './my-complaint/my-complaint.controller';
import { StepsController } from './my-complaint/steps.controller';
import { PassPages } from './my-complaint/pass-pages';
import { ReceiptPass } from './my-complaint/receipt-pass';
import { ReceiptSession } from './my-complaint/receipt-session';
import { ReturnController } from './my-complaint/return.controller';
import { TextDesk } from './my-complaint/text-desk';
import { WithoutCookiesController } from './my-complaint/without-cookies.controller';
import { WriteController } from './my-complaint/write.controller';
import { ProcessController } from './process/process.controller';
import { ReceiptController } from './receipt/receipt.controller';
import { ReceiptCookie } from './receipt/receipt-cookie';
import { ReceiptPage } from './receipt/receipt.page';
import { unshownFields } from './unshown-fields';
import { ExitPage, leavePath } from './start/exit-page';
import { LeaveController } from './start/leave.controller';
import { StartController } from './start/start.controller';

const pageControllers = [
  StartController,
  LeaveController,
  ProcessController,
  ComplaintFormController,
  ReceiptController,
  ReturnController,
  MyComplaintController,
  StepsController,
  WriteController,
  WithoutCookiesController,
  FileController,
];

/** The public door: pages and JSON over the use cases that the role `recourse_intake` may run. */
@Module({})
export class IntakeModule {
  /**
   * @param settings of this process
   * @param assets for tests without style sheets: `AssetCatalogue.none()`
   */
  static forRoot(settings: IntakeSettings, assets?: AssetCatalogue): DynamicModule {
    const store = new FolderStore(settings.evidenceDir);
    return {
      module: IntakeModule,
      imports: [
        PersistenceModule.forRoot({
          url: settings.databaseUrl,
          poolSize: settings.databaseConnections,
          applicationName: 'recourse-intake',
        }),
        WebModule.forRoot(webOptions(settings), [], assets),
        HealthModule.forRoot({ inject: [DataSource], useFactory: (dataSource: DataSource) => readinessChecks(dataSource, store) }),
      ],
      controllers: [...pageControllers, ...apiControllers, OpenApiController],
      providers: [
        ...providersFor(settings, store),
        ...INTAKE_USE_CASES,
        {
          provide: DatabaseCheck,
          inject: [DataSource, FilingSecrets],
          useFactory: (dataSource: DataSource, secrets: FilingSecrets) => new DatabaseCheck(dataSource, settings.mode, secrets),
        },
        EvidenceClearing,
        DraftSealer,
        DraftDoor,
        FormOrigins,
        ComplaintFormPage,
        ReceiptCookie,
        ReceiptPage,
        ReceiptSession,
        TextDesk,
        ReceiptPass,
        PassPages,
      ],
    };
  }
}

function webOptions(settings: IntakeSettings): WebOptions {
  return {
    clock: clockFor(settings.trainingTime),
    mode: settings.mode,
    publicUrl: settings.publicUrl,
    secret: settings.secret,
    languages: settings.languages,
    // More than half of all: reading them took two fifths of what it costs to read texts.
    textsOfOthers: 'casework-',
    timeZone: settings.timeZone,
    institution: { name: settings.institutionName, website: settings.institutionWebsite },
    exitUrl: leavePath,
    viewFolders: [join(projectRoot, 'apps/intake/views')],
    layout: 'layouts/public.njk',
    showsLostForms: false,
    unshownFields,
    isAway: isDeskClosed,
  };
}

function providersFor(settings: IntakeSettings, store: FileStore): Provider[] {
  return [
    { provide: FilingSecrets, useValue: new FilingSecrets(settings.receiptPepper, settings.receiptSecret) },
    { provide: IntakeSecrets, useValue: new IntakeSecrets(settings.secret, settings.formHours, settings.receiptSessionMinutes) },
    { provide: CaseQuota, useValue: quotaFor(settings) },
    RuleBook,
    { provide: ExitPage, useValue: new ExitPage(settings.exitUrl) },
    { provide: FileStore, useValue: store },
    { provide: FileRules, useValue: new FileRules(DEFAULT_LIMIT_BYTES) },
  ];
}

function quotaFor({ messagesPerCase, additionsPerCase, filesPerCase, megabytesPerCase: { aDay, inAll } }: IntakeSettings): CaseQuota {
  return new CaseQuota(messagesPerCase, additionsPerCase, filesPerCase, { aDay: aDay * 1_000_000, inAll: inAll * 1_000_000 });
}

/** How often this process looks whether the database's disk is full. Milliseconds. */
const DISK_EVERY_MS = 10_000;

function readinessChecks(dataSource: DataSource, store: FileStore): readonly ReadinessCheck[] {
  const desk = new FilingDesk(dataSource, new RuleBook());
  return [
    { name: 'database', check: () => dataSource.query('SELECT 1') },
    { name: 'database_disk', check: nowAndThen(() => checkDiskRoom(dataSource), DISK_EVERY_MS) },
    // A desk to seal to and a procedure to begin on: without them nobody can complain, however well the rest works.
    { name: 'filing', check: () => takesComplaints(desk) },
    { name: 'evidence', check: () => room(store) },
  ];
}

/** Of every kind, or without those whose procedure, or a calendar of it, cannot be gone by. */
async function takesComplaints(desk: FilingDesk): Promise<InPart | undefined> {
  const open = await desk.open();
  if (open.size === 0) throw new Error('no complaint can be filed');
  const closed = COMPLAINT_KINDS.filter((kind) => !open.has(kind));
  return closed.length > 0 ? new InPart(closed) : undefined;
}

async function room(store: FileStore): Promise<void> {
  if (!(await store.canStore())) throw new Error('no file can be stored');
}
