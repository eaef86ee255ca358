import { AssignTrack } from './actions/assign-track';
import { PerformAction } from './actions/perform-action';
import { TakeTriggeredAction } from './actions/take-triggered-action';
import { AnswerApproval } from './approvals/answer-approval';
import { ListCalendars } from './calendars/list-calendars';
import { RecomputeClocks } from './calendars/recompute-clocks';
import { RecomputeRequests } from './calendars/recompute-requests';
import { FindStuckCases } from './clocks/find-stuck-cases';
import { FireDeadline } from './clocks/fire-deadline';
import { TellOfStuckCases } from './clocks/tell-of-stuck-cases';
import { RecogniseSentText } from './receipts/recognise-sent-text';
import { SendComplaintMessage } from './conversation/send-complaint-message';
import { SendMessageToComplainant } from './conversation/send-message-to-complainant';
import { ListBoard } from './desk/list-board';
import { ListQueue } from './desk/list-queue';
import { MarkRead } from './desk/mark-read';
import { OpenCase } from './desk/open-case';
import { OpenEvidence } from './desk/open-evidence';
import { ReadAssignment } from './desk/read-assignment';
import { ReadTrack } from './desk/read-track';
import { ClearEvidenceStore } from './evidence/clear-evidence-store';
import { FileComplaint } from './filing/file-complaint';
import { FilingDesk } from './filing/filing-desk';
import { DeliverNotification } from './notifications/deliver-notification';
import { NudgeComplainant } from './notifications/nudge-complainant';
import { TellOfTrack } from './notifications/tell-of-track';
import { TellStaff } from './notifications/tell-staff';
import { AddComplaintFile } from './receipts/add-complaint-file';
import { AddToComplaint } from './receipts/add-to-complaint';
import { OpenComplaintByReceipt } from './receipts/open-complaint-by-receipt';
import { ReadComplaintRules } from './receipts/read-complaint-rules';
import { ReadProcedures } from './procedures/read-procedures';
import { ListSetAside } from './set-aside/list-set-aside';
import { TryAgain } from './set-aside/try-again';
import { ChangePassword } from './staff/change-password';
import { ListAccounts } from './staff/list-accounts';
import { ReadSession } from './staff/read-session';
import { ReadSignIns } from './staff/read-sign-ins';
import { SignIn } from './staff/sign-in';
import { SignOut } from './staff/sign-out';
import { PutOnTeam } from './teams/put-on-team';
import { ReadTeam } from './teams/read-team';
import { ResealCaseKeys } from './teams/reseal-case-keys';
import { TakeOffTeam } from './teams/take-off-team';

/**
 * What the public door may do: list these as providers. They need a TypeORM `DataSource` on the role `recourse_intake`,
 * `FilingSecrets`, `CaseQuota`, `RuleBook` and a `FileStore`.
 */
export const INTAKE_USE_CASES = [
  FilingDesk,
  FileComplaint,
  OpenComplaintByReceipt,
  ReadComplaintRules,
  RecogniseSentText,
  SendComplaintMessage,
  AddToComplaint,
  AddComplaintFile,
  ClearEvidenceStore,
] as const;

/** What the staff's rooms may do: list these as providers, with a `DataSource` on the role `recourse_casework`, `RuleBook`, `SessionRules`, `KnownDevices`, `BoardRules` and a `FileStore`. */
export const CASEWORK_USE_CASES = [
  SignIn,
  SignOut,
  ReadSession,
  ChangePassword,
  ReadSignIns,
  ListAccounts,
  ReadTeam,
  TakeOffTeam,
  PutOnTeam,
  ResealCaseKeys,
  ListQueue,
  ListBoard,
  ListSetAside,
  TryAgain,
  OpenCase,
  ReadTrack,
  ReadAssignment,
  ReadProcedures,
  MarkRead,
  OpenEvidence,
  PerformAction,
  AnswerApproval,
  AssignTrack,
  SendMessageToComplainant,
] as const;

/** What the worker does by itself: list these as providers, with a `DataSource` on the role `recourse_worker`, `RuleBook` and `NewsPace`. */
export const WORKER_USE_CASES = [
  FireDeadline,
  FindStuckCases,
  RecomputeClocks,
  RecomputeRequests,
  ListCalendars,
  TellOfStuckCases,
  TakeTriggeredAction,
  TellStaff,
  TellOfTrack,
  NudgeComplainant,
  DeliverNotification,
] as const;
