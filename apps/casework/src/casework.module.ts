import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { BoardRules, CASEWORK_USE_CASES, isAboutRules, isShutCase, KnownDevices, RuleBook, SessionRules } from '@recourse/cases';
import { clockFor } from '@recourse/clock';
import { projectRoot, type CaseworkSettings } from '@recourse/config';
import { FileStore, FolderStore } from '@recourse/evidence';
import { checkDiskRoom, PersistenceModule } from '@recourse/persistence';
import { HealthModule, nowAndThen, type ReadinessCheck } from '@recourse/process';
import { WebModule, type AssetCatalogue, type WebOptions } from '@recourse/web';
import { AccountApiController } from './api/account-api.controller';
import { AccountsApiController } from './api/accounts-api.controller';
import { AccountsController } from './accounts/accounts.controller';
import { AccountController } from './account/account.controller';
import { ActionController } from './actions/action.controller';
import { AssignController } from './assign/assign.controller';
import { ApprovalsController } from './api/approvals.controller';
import { ApprovalController } from './approvals/approval.controller';
import { BoardApiController } from './api/board-api.controller';
import { CasesController } from './api/cases.controller';
import { OpenApiController } from './api/open-api.controller';
import { SessionController } from './api/session.controller';
import { SetAsideApiController } from './api/set-aside-api.controller';
import { TeamsApiController } from './api/teams-api.controller';
import { BoardController } from './board/board.controller';
import { CaseController } from './case/case.controller';
import { EvidenceController } from './case/evidence.controller';
import { DatabaseCheck } from './database-check';
import { ProceduresController } from './procedures/procedures.controller';
import { QueueController } from './queue/queue.controller';
import { unshownFields } from './unshown-fields';
import { EvidenceApiController } from './api/evidence-api.controller';
import { ProceduresApiController } from './api/procedures-api.controller';
import { SetAsideController } from './set-aside/set-aside.controller';
import { ForgetKey } from './sign-in/forget-key';
import { KeptForms } from './sign-in/kept-form';
import { ownerOf } from './sign-in/present-staff';
import { SignInController } from './sign-in/sign-in.controller';
import { StaffDoorkeeper } from './sign-in/staff-doorkeeper';
import { staffPageModel } from './sign-in/staff-page-model';
import { MembersController } from './teams/members.controller';
import { TeamController } from './teams/team.controller';

/** Everything that the use cases of this process need, exported, because the doorkeeper of the web pipeline needs one of them. */
@Module({})
class CaseworkUseCases {
  static with(settings: CaseworkSettings): DynamicModule {
    return {
      module: CaseworkUseCases,
      imports: [
        PersistenceModule.forRoot({
          url: settings.databaseUrl,
          poolSize: settings.databaseConnections,
          applicationName: 'recourse casework',
        }),
      ],
      providers: [
        ...CASEWORK_USE_CASES,
        { provide: SessionRules, useFactory: () => new SessionRules(settings.staffSessionHours, settings.staffIdleMinutes) },
        { provide: KnownDevices, useFactory: () => new KnownDevices(settings.secret) },
        { provide: BoardRules, useFactory: () => new BoardRules(settings.pausedTooLongDays) },
        RuleBook,
        { provide: FileStore, useFactory: () => new FolderStore(settings.evidenceDir) },
        {
          provide: DatabaseCheck,
          inject: [DataSource],
          useFactory: (dataSource: DataSource) => new DatabaseCheck(dataSource, settings.mode),
        },
      ],
      exports: [...CASEWORK_USE_CASES, SessionRules, BoardRules, PersistenceModule],
    };
  }
}

/** How often this process looks whether the database's disk is full. Milliseconds. */
const DISK_EVERY_MS = 10_000;

/** The staff's rooms. */
@Module({})
export class CaseworkModule {
  /**
   * @param settings of this process
   * @param assets for tests without style sheets: `AssetCatalogue.none()`
   */
  static with(settings: CaseworkSettings, assets?: AssetCatalogue): DynamicModule {
    const useCases = CaseworkUseCases.with(settings);
    return {
      module: CaseworkModule,
      imports: [
        useCases,
        WebModule.forRoot(webOptions(settings), [useCases], assets),
        HealthModule.forRoot({
          imports: [useCases],
          inject: [DataSource],
          useFactory: readinessChecks,
        }),
      ],
      providers: [{ provide: APP_INTERCEPTOR, useClass: ForgetKey }],
      controllers: [
        ApprovalController,
        ApprovalsController,
        SignInController,
        AccountController,
        AccountsController,
        TeamController,
        MembersController,
        QueueController,
        BoardController,
        SetAsideController,
        ProceduresController,
        CaseController,
        ActionController,
        AssignController,
        EvidenceController,
        SessionController,
        CasesController,
        BoardApiController,
        AccountApiController,
        AccountsApiController,
        TeamsApiController,
        SetAsideApiController,
        EvidenceApiController,
        ProceduresApiController,
        OpenApiController,
      ],
    };
  }
}

function readinessChecks(dataSource: DataSource): readonly ReadinessCheck[] {
  return [
    { name: 'database', check: () => dataSource.query('select 1') },
    { name: 'database_disk', check: nowAndThen(() => checkDiskRoom(dataSource), DISK_EVERY_MS) },
  ];
}

function webOptions(settings: CaseworkSettings): WebOptions {
  return {
    clock: clockFor(settings.trainingTime),
    mode: settings.mode,
    isAboutRules,
    isSealedShut: isShutCase,
    publicUrl: settings.caseworkUrl,
    secret: settings.secret,
    languages: settings.languages,
    timeZone: settings.timeZone,
    institution: { name: settings.institutionName, website: settings.institutionWebsite },
    viewFolders: [join(projectRoot, 'apps/casework/views')],
    layout: 'layouts/staff.njk',
    showsLostForms: true,
    unshownFields,
    pageModel: staffPageModel,
    ownerOf,
    signInPath: '/sign-in',
    trustedProxies: settings.trustedProxies,
    doorkeeper: StaffDoorkeeper,
    lostSession: KeptForms,
  };
}
