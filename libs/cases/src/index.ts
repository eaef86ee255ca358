export type {
  Anonymity,
  Channel,
  Complaint,
  ComplaintKind,
  ContactWish,
  FieldProblem,
} from './filing/complaint.js';
export { FileComplaint } from './filing/file-complaint.js';
export type { FileComplaintInput, FileComplaintResult } from './filing/file-complaint.js';
export { FilingSecrets } from './filing/filing-secrets.js';
export type {
  ComplaintFile,
  ComplaintItem,
  ComplaintMessage,
  ComplaintTrack,
  ComplaintView,
} from './receipts/complaint-view.js';
export { OpenComplaintByReceipt } from './receipts/open-complaint-by-receipt.js';
export type { OpenComplaintResult, ReceiptVisit } from './receipts/open-complaint-by-receipt.js';
export { AddToComplaint } from './receipts/add-to-complaint.js';
export type { AddToComplaintInput, AddToComplaintResult } from './receipts/add-to-complaint.js';
export { AddComplaintFile } from './receipts/add-complaint-file.js';
export type { AddComplaintFileInput, AddComplaintFileResult } from './receipts/add-complaint-file.js';
export { SendComplaintMessage } from './conversation/send-complaint-message.js';
export type { SendComplaintMessageInput, SendComplaintMessageResult } from './conversation/send-complaint-message.js';
export { SendMessageToComplainant } from './conversation/send-message-to-complainant.js';
export type {
  SendMessageToComplainantInput,
  SendMessageToComplainantResult,
} from './conversation/send-message-to-complainant.js';
export { SignedInStaff } from './staff/signed-in-staff.js';
export type { OwnTeam, StaffRole } from './staff/signed-in-staff.js';
export { SignIn } from './staff/sign-in.js';
export type { SignInInput, SignInResult } from './staff/sign-in.js';
export { SignOut } from './staff/sign-out.js';
export { ReadSession } from './staff/read-session.js';
export type { ReadSessionInput, ReadSessionResult } from './staff/read-session.js';
export { ListQueue } from './desk/list-queue.js';
export type { ListQueueInput, QueueFilter, QueueItem, QueuePage } from './desk/list-queue.js';
export type {
  ActionInputView,
  ActionView,
  CaseView,
  ClockView,
  CompanyView,
  FileView,
  IntakeAnswers,
  IntakeItemView,
  MessageView,
  PartyView,
  TimelineEntry,
  TrackView,
} from './desk/case-view.js';
export { OpenCase } from './desk/open-case.js';
export type { OpenCaseInput, OpenCaseResult } from './desk/open-case.js';
export { MarkRead } from './desk/mark-read.js';
export type { MarkReadInput, MarkReadResult } from './desk/mark-read.js';
export { OpenEvidence } from './desk/open-evidence.js';
export type { OpenEvidenceInput, OpenEvidenceResult } from './desk/open-evidence.js';
export { PerformAction } from './actions/perform-action.js';
export type { PerformActionInput, PerformActionRefusal, PerformActionResult } from './actions/perform-action.js';
export { AssignTrack } from './actions/assign-track.js';
export type { AssignTrackInput, AssignTrackResult } from './actions/assign-track.js';
export { SetUpInstitution } from './institution/set-up-institution.js';
export type { SetUpInstitutionInput, SetUpInstitutionResult } from './institution/set-up-institution.js';
export { AddTeam } from './institution/add-team.js';
export type { AddTeamInput, AddTeamResult } from './institution/add-team.js';
export { AddStaff } from './institution/add-staff.js';
export type { AddStaffInput, AddStaffResult } from './institution/add-staff.js';
export type { NewStaff, NewStaffRefusal } from './institution/new-staff.js';
export { AddCompany } from './institution/add-company.js';
export type { AddCompanyInput, AddCompanyResult } from './institution/add-company.js';
export { PublishProcedure } from './procedures/publish-procedure.js';
export type { ProcedureProblem, PublishProcedureInput, PublishProcedureResult } from './procedures/publish-procedure.js';
export { VerifyRecord } from './record/verify-record.js';
export type { ChainBreak, VerifyRecordResult } from './record/verify-record.js';
export type { Wording } from './wording.js';
export { CASEWORK_USE_CASES, INTAKE_USE_CASES } from './use-cases.js';
