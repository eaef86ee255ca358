export type {
  Anonymity,
  Channel,
  Complaint,
  ComplaintKind,
  ContactWish,
  Danger,
  FieldProblem,
  Harmed,
  QuietWish,
  TellCompany,
} from './filing/complaint';
export { FileComplaint } from './filing/file-complaint';
export type { FileComplaintInput, FileComplaintResult } from './filing/file-complaint';
export { COMPLAINT_LIMITS, isMailAddress } from './filing/check-complaint';
export { isUnguessableKey } from './keys/client-key';
export { FilingDesk, InstitutionNotSetUp, isDeskClosed } from './filing/filing-desk';
export { FilingSecrets } from './filing/filing-secrets';
export type { IntakeAnswers } from './filing/intake-answers';
export type { ComplaintFile, ComplaintItem, ComplaintMessage, ComplaintTrack, ComplaintView } from './receipts/complaint-view';
export { OpenComplaintByReceipt } from './receipts/open-complaint-by-receipt';
export { ReadComplaintRules } from './receipts/read-complaint-rules';
export type { ComplaintRules, ComplaintRulesResult } from './receipts/read-complaint-rules';
export type { OpenComplaintResult } from './receipts/open-complaint-by-receipt';
export type { ReceiptVisit } from './receipts/shown-case';
export { type Allowance, CaseQuota } from './receipts/case-quota';
export { AddToComplaint } from './receipts/add-to-complaint';
export type { AddToComplaintInput, AddToComplaintResult } from './receipts/add-to-complaint';
export { AddComplaintFile } from './receipts/add-complaint-file';
export type { AddComplaintFileInput, AddComplaintFileResult } from './receipts/add-complaint-file';
export { ClearEvidenceStore } from './evidence/clear-evidence-store';
export type { ClearedStore } from './evidence/clear-evidence-store';
export { CONVERSATION_PAGE, type ConversationWish, LARGEST_MESSAGE_PAGE } from './conversation/conversation-page';
export { RecogniseSentText } from './receipts/recognise-sent-text';
export { SendComplaintMessage } from './conversation/send-complaint-message';
export type { SendComplaintMessageInput, SendComplaintMessageResult } from './conversation/send-complaint-message';
export { SendMessageToComplainant } from './conversation/send-message-to-complainant';
export type { SendMessageToComplainantInput, SendMessageToComplainantResult } from './conversation/send-message-to-complainant';
export { SignedInStaff } from './staff/signed-in-staff';
export type { OwnTeam, StaffIdentity, StaffRole } from './staff/signed-in-staff';
export { SignIn } from './staff/sign-in';
export type { SignInInput, SignInResult } from './staff/sign-in';
export { ChangePassword } from './staff/change-password';
export type { ChangePasswordInput, ChangePasswordResult } from './staff/change-password';
export type { OpenedSession } from './staff/open-session';
export { KnownDevices, DEVICE_DAYS } from './staff/known-devices';
export type { SignInPlace } from './staff/known-devices';
export { ReadSignIns } from './staff/read-sign-ins';
export type { SignInNews, SignInsView } from './staff/read-sign-ins';
export { ListAccounts } from './staff/list-accounts';
export type { AccountView } from './staff/list-accounts';
export { SessionRules } from './staff/session-rules';
export { AdmitStaff } from './staff/admit-staff';
export type { AdmitStaffInput, AdmitStaffResult } from './staff/admit-staff';
export { UnlockStaff } from './staff/unlock-staff';
export type { UnlockStaffResult } from './staff/unlock-staff';
export { SignOut } from './staff/sign-out';
export { ReadSession } from './staff/read-session';
export type { ReadSessionInput, ReadSessionResult } from './staff/read-session';
export { ListQueue } from './desk/list-queue';
export { DUE_WITHIN_MS, QUEUE_COUNT_CAP } from './desk/list-queue';
export type { ListQueueInput, QueueFilter, QueueItem, QueuePage } from './desk/list-queue';
export { isSetAsideWork, ListSetAside } from './set-aside/list-set-aside';
export type { ListSetAsideInput, SetAsideItem, SetAsidePage } from './set-aside/list-set-aside';
export { TryAgain } from './set-aside/try-again';
export type { TryAgainInput, TryAgainResult } from './set-aside/try-again';
export { BoardRules } from './desk/board-rules';
export { BOARD_PARTS, ListBoard } from './desk/list-board';
export type { BoardApproval, BoardItem, BoardPage, BoardPart, BoardPause, ListBoardInput } from './desk/list-board';
export type {
  ActionInputView,
  ActionView,
  ActionWords,
  ApprovalView,
  CaseView,
  ClockMoment,
  ClockNews,
  ClockView,
  FiringKind,
  CompanyView,
  FileView,
  HandoverView,
  IntakeItemView,
  MessageView,
  PartyView,
  TimelineEntry,
  TrackView,
} from './desk/case-view';
export { OpenCase, TIMELINE_PAGE } from './desk/open-case';
export { SEEN_MARK } from './desk/seen-mark';
export type { OpenCaseInput, OpenCaseResult } from './desk/open-case';
export { ReadTrack } from './desk/read-track';
export type { ReadTrackInput, ReadTrackResult, TrackPage } from './desk/read-track';
export { UseProcedure } from './procedures/use-procedure';
export type { UseProcedureInput, UseProcedureResult } from './procedures/use-procedure';
export { ListProcedures } from './procedures/list-procedures';
export type { ListedProcedure } from './procedures/list-procedures';
export { ReadProcedures } from './procedures/read-procedures';
export type { PublishedProcedure } from './procedures/read-procedures';
export { ReadAssignment } from './desk/read-assignment';
export type { AssignmentView, ReadAssignmentInput, ReadAssignmentResult } from './desk/read-assignment';
export { MarkRead } from './desk/mark-read';
export type { MarkReadInput, MarkReadResult } from './desk/mark-read';
export { OpenEvidence } from './desk/open-evidence';
export type { OpenEvidenceInput, OpenEvidenceResult } from './desk/open-evidence';
export { PerformAction } from './actions/perform-action';
export type { PerformActionInput, PerformActionRefusal, PerformActionResult } from './actions/perform-action';
export type { RefusalView } from './procedures/refusal-view';
export { AnswerApproval } from './approvals/answer-approval';
export type { AnswerApprovalInput, AnswerApprovalResult } from './approvals/answer-approval';
export { TakeTriggeredAction } from './actions/take-triggered-action';
export type { TriggeredActionInput, TriggeredActionResult } from './actions/take-triggered-action';
export { AssignTrack } from './actions/assign-track';
export type { AssignTrackInput, AssignTrackResult } from './actions/assign-track';
export { ReadTeam, STALE_COUNT_CAP } from './teams/read-team';
export type { FormerMemberView, ReadTeamResult, TeamMemberView, TeamView } from './teams/read-team';
export { PutOnTeam } from './teams/put-on-team';
export type { PutOnTeamInput, PutOnTeamResult } from './teams/put-on-team';
export { isShutCase } from './keys/case-keys';
export { ResealCaseKeys } from './teams/reseal-case-keys';
export type { ResealCaseKeysInput, ResealCaseKeysResult } from './teams/reseal-case-keys';
export { TakeOffTeam } from './teams/take-off-team';
export type { TakeOffTeamInput, TakeOffTeamResult } from './teams/take-off-team';
export { keepSecrets, requireKnownSecrets, requireWorkerKey } from './institution/known-secrets';
export { ReplaceSecrets } from './institution/replace-secrets';
export type { KnownSecret, ReplaceSecretsInput, ReplaceSecretsResult } from './institution/replace-secrets';
export { DESK_TEAM, SetUpInstitution } from './institution/set-up-institution';
export type { SetUpInstitutionInput, SetUpInstitutionResult } from './institution/set-up-institution';
export { AddTeam } from './institution/add-team';
export type { AddTeamInput, AddTeamResult } from './institution/add-team';
export { AddStaff } from './institution/add-staff';
export type { AddStaffInput, AddStaffResult } from './institution/add-staff';
export { SHORTEST_PASSWORD } from './institution/new-staff';
export type { NewStaff, NewStaffRefusal } from './institution/new-staff';
export { AddCompany } from './institution/add-company';
export type { AddCompanyInput, AddCompanyResult } from './institution/add-company';
export { MoveTracks } from './procedures/move-tracks';
export type { MovedTrack } from './procedures/move-track-to-version';
export type { FailedMove, MoveReport, MoveTracksInput, MoveTracksResult } from './procedures/move-tracks';
export { CheckProcedure } from './procedures/check-procedure';
export { ReviewPublishedProcedures } from './procedures/review-published-procedures';
export type { OutdatedProcedure } from './procedures/review-published-procedures';
export { PublishProcedure } from './procedures/publish-procedure';
export { SimulateProcedure } from './procedures/simulate-procedure';
export type { SimulateProcedureInput, SimulateProcedureResult, SimulationReport, ToldTrack } from './procedures/simulate-procedure';
export { RuleBook } from './procedures/rule-book';
export { ChangedCalendar, isAboutRules, NoCalendarPublished, refuseChanged, UnreadableProcedure } from './procedures/unfit-rules';
export { loadPublicHolidays } from './calendars/public-holidays';
export { publishShippedCalendars, shippedCalendarCodes } from './calendars/publish-shipped-calendars';
export { PublishCalendar } from './calendars/publish-calendar';
export type { PublishCalendarInput, PublishCalendarResult } from './calendars/publish-calendar';
export { PreviewCalendar } from './calendars/preview-calendar';
export type { CalendarPreview, MovedClock, PreviewCalendarInput, PreviewCalendarResult } from './calendars/preview-calendar';
export type { MovedRequest, RequestsPreview } from './calendars/preview-requests';
export { KNOWN_AT_LEAST_DAYS, ListCalendars } from './calendars/list-calendars';
export type { CalendarView } from './calendars/list-calendars';
export { RecomputeClocks } from './calendars/recompute-clocks';
export { RecomputeRequests } from './calendars/recompute-requests';
export type { RecomputationReport } from './calendars/recompute-clocks';
export type { CheckProcedureInput } from './procedures/check-procedure';
export { shippedProcedureCodes } from './procedures/shipped-procedures';
export type { RulesDocument } from './procedures/surroundings';
export type { PublishedVersion, PublishProcedureInput, PublishProcedureResult } from './procedures/publish-procedure';
export type { FiredClock } from './clocks/plan-firing';
export { FindStuckCases, STUCK_CASES_OF_A_KIND, STUCK_KINDS } from './clocks/find-stuck-cases';
export { TellOfStuckCases } from './clocks/tell-of-stuck-cases';
export type { StuckCase, StuckKind } from './clocks/find-stuck-cases';
export { FireDeadline } from './clocks/fire-deadline';
export type { FailedClock, FiringReport } from './clocks/fire-deadline';
export { NewsPace } from './notifications/news-pace';
export { DeliverNotification } from './notifications/deliver-notification';
export type { DeliverNotificationInput, DeliveryOutcome, NotificationToSend } from './notifications/deliver-notification';
export { NudgeComplainant } from './notifications/nudge-complainant';
export type { NudgeComplainantInput } from './notifications/nudge-complainant';
export { TellOfTrack } from './notifications/tell-of-track';
export type { TellOfTrackInput } from './notifications/tell-of-track';
export { TellStaff } from './notifications/tell-staff';
export type { TellStaffInput } from './notifications/tell-staff';
export type { ChangedRules } from './record/changed-rules';
export { VerifyRecord } from './record/verify-record';
export type { ChainBreak, VerifyRecordResult } from './record/verify-record';
export type { ChainHead } from '@recourse/persistence';
export type { Wording } from '@recourse/domain';
export { CASEWORK_USE_CASES, INTAKE_USE_CASES, WORKER_USE_CASES } from './use-cases';
