export { type ConnectionChoices, dataSourceOptions } from './database/data-source-options';
export { checkDiskRoom } from './database/disk-room';
export { type Mode, requireFitDatabase, requireNoDemo } from './database/fit-database';
export { inTransaction } from './database/in-transaction';
export { insertTogether } from './database/insert';
export { PersistenceModule, type PersistenceOptions } from './database/persistence.module';
export { errorCode, findSetupProblem, UnfitDatabase } from './database/postgres-errors';
export { isDatabaseAway, isUniqueViolation, withoutRowContent } from './database/postgres-errors';

export type { Company } from './institution/company.entity';
export { findCompany, findCompanyByName, insertCompany, listCompanies } from './institution/company.store';
export type { CalendarVersion } from './calendars/calendar-version.entity';
export { type CalendarName, type CalendarStanding, listCalendarNames, listCalendarStandings } from './calendars/calendar-version.store';
export { findCalendarVersion, findCalendarVersionByNumber, findLatestCalendarVersion } from './calendars/calendar-version.store';
export { insertCalendarVersion, listCalendarsWithin, listCalendarVersions, listCountedVersions } from './calendars/calendar-version.store';
export { type ClockEvent, type ClockOfTrack, type ClockPlace, listClockEvents, listOpenClocks } from './calendars/stale-clock.store';
export { claimStaleDeadlines, markComputedBy, refreshNextDueAtOf } from './calendars/stale-clock.store';
export { isDemo, markAsDemo } from './institution/demo-mark.store';
export { findFingerprints, keepFirstFingerprints, lockFingerprints, replaceFingerprint } from './institution/secret-fingerprint.store';
export type { FingerprintKind, Fingerprints } from './institution/secret-fingerprint.store';
export { insertProcedureInUse, listProceduresInUse } from './institution/procedure-in-use.store';
export type { ProcedureVersion } from './institution/procedure-version.entity';
export {
  findLatestProcedureVersion,
  findStrayProcedureVersion,
  findProcedureVersion,
  findProcedureVersionByNumber,
  insertProcedureVersion,
  listProcedureVersions,
  listVersionNumbers,
} from './institution/procedure-version.store';
export { findSession, insertSession, postponeIdle, wipeIdleSessions, wipeSession } from './institution/session.store';
export { deleteExpiredSessions, deleteSession, deleteSessionsOf } from './institution/session.store';
export { listAccounts, listSignInNews, type SignInNewsRow } from './institution/account.store';
export { countKeysAside, setTeamKeyAside } from './institution/team-key-aside.store';
export { deleteOldSignInLimits, deleteSignInLimit, deleteSignInLimitsOf, forgiveOneSignIn } from './institution/sign-in-limit.store';
export { lockSignInLimit, storeSignInLimit, type LimitKey, type LimitRow } from './institution/sign-in-limit.store';
export { findStaffChainHead, insertStaffEvent, listStaffChain, listStaffEvents } from './institution/staff-event.store';
export type { KeyDerivation, StaffMember } from './institution/staff-member.entity';
export type { StaffSession } from './institution/staff-session.entity';
export {
  findAddressee,
  findStaffBySignInName,
  findStaffMember,
  insertStaffMember,
  listAddresseesByRole,
  listAddresseesOfTeam,
  listColleagues,
  listStaff,
  listStaffNames,
  lockStaffBySignInName,
  readLockStaff,
  noteFailedSignIn,
  noteFailuresTold,
  noteRightPassword,
  replaceWrappedSecretKey,
  type StaffAddressee,
  type StaffName,
} from './institution/staff.store';
export { listRoleHolders, listRolesOnTeam } from './institution/role-holder.store';
export type { TeamMember } from './institution/team-member.entity';
export type { Team } from './institution/team.entity';
export {
  findSealingTeam,
  findTeam,
  findTeamByCode,
  insertTeam,
  insertTeamMember,
  listMemberships,
  listTeams,
  type SealingTeam,
  type TeamMembership,
} from './institution/team.store';
export {
  deleteTeamMember,
  holdMembership,
  insertFormerTeamKey,
  type FormerMember,
  listFormerMembers,
  listFormerTeamKeys,
  listMembersOfTeam,
  lockTeam,
  type MemberOfTeam,
  replaceSealedTeamKey,
  replaceTeamKey,
} from './institution/team-key.store';
export type { VaultKey } from './institution/vault-key.entity';
export { findCurrentVaultKey, insertVaultKey } from './institution/vault-key.store';

export type { CaseFile } from './filing/case-file.entity';
export {
  type CaseForNotice,
  findCase,
  findCaseByReference,
  findCaseForNotice,
  insertCaseFile,
  isCompanyNamed,
  listCaseIds,
  updateCaseFacts,
} from './filing/case-file.store';
export type { CaseKeyGrant } from './filing/case-key-grant.entity';
export {
  countGrantsAside,
  countStaleGrants,
  type GrantAside,
  setGrantAside,
  insertCaseKeyGrant,
  type KeyHolder,
  listCaseKeyGrants,
  lockStaleGrants,
  resealGrants,
  type StaleGrant,
} from './filing/case-key.store';
export type { ContactRoute } from './filing/contact-route.entity';
export { closeContactRoutes, countActiveContactRoutes } from './filing/contact-route.store';
export { closeContactRoute, findContactRoute, hasContactRoute, insertContactRoute } from './filing/contact-route.store';
export { listActiveContactRoutes } from './filing/contact-route.store';
export type { EvidenceFile } from './filing/evidence-file.entity';
export { findEvidenceFile, insertEvidenceFile, listEvidenceFiles, listNamedFiles } from './filing/evidence-file.store';
export type { Filing } from './filing/filing.entity';
export { findFiling, insertFiling, lockFiling, type ShownFiling } from './filing/filing.store';
export type { IntakeItem } from './filing/intake-item.entity';
export type { HistoryPage, HistoryWish } from './database/history-page';
export { countAdditionsSince, insertIntakeItem, listIntakeItems } from './filing/intake-item.store';
export type { Party } from './filing/party.entity';
export { insertParty, listParties } from './filing/party.store';
export type { Receipt } from './filing/receipt.entity';
export { type ComplainantKey, countReceipts, insertReceipt, listComplainantKeys, showReceipt } from './filing/receipt.store';
export {
  type BroughtThings,
  countShownMessages,
  findShownCaseFile,
  findShownIntakeItem,
  findShownMessage,
  flagShownNews,
  listShownEvidenceFiles,
  listShownIntakeItems,
  listShownKeys,
  listShownMessages,
  listShownTracks,
  listShownUse,
  markShownMessagesRead,
  type ShownCaseFile,
  type ShownEvidenceFile,
  type ShownIntakeItem,
  type ShownKey,
  type ShownMessage,
  type ShownTrack,
} from './filing/shown-case.store';

export { countHeldTracks, type HeldTrack, lockHeldTracks } from './tracks/held-track.store';
export type { ApprovalRequest } from './tracks/approval-request.entity';
export {
  answerApprovalRequest,
  claimStaleRequests,
  storeAnswerDueAt,
  findApprovalRequest,
  insertApprovalRequest,
  listRequestsFor,
  listWaitingApprovals,
  type WaitingApproval,
  type RequestOfCase,
} from './tracks/approval-request.store';
export type { Deadline } from './tracks/deadline.entity';
export {
  changeDeadline,
  claimDueDeadline,
  claimDueDeadlines,
  countLateDeadlines,
  type DeadlineChanges,
  type DeadlineMove,
  findDeadline,
  findNextFiringAt,
  insertDeadline,
  type NewDeadline,
  listDeadlinesFiringUntil,
  listDeadlinesOfCase,
  listDeadlinesOfTrack,
  listDeadlinesThatCount,
  renameEndedDeadlines,
  listTracksForFiring,
  lockOpenDeadlines,
  moveDeadlines,
  noteDeadlineFailure,
  type TrackForFiring,
} from './tracks/deadline.store';
export {
  type AwaitedAction,
  type ClockWithoutMoment,
  type OpenPlace,
  listApprovalsOverdue,
  listApprovalsWithoutPerson,
  listAwaitedActions,
  listClocksSetAside,
  listClocksWithoutMoment,
  listOpenTracksWithoutClock,
  listOpenPlaces,
  listOpenTracksAt,
  listOpenTracksOfVersions,
  listOpenTracksWithoutPerson,
  listPausesWithoutEnd,
  listPausesWithoutReason,
  listTracksWithClosedKey,
  type StuckRow,
} from './tracks/stuck.store';
export {
  listSetAside,
  type SetAsideRow,
  type SetAsideRows,
  SET_ASIDE_WORK,
  type SetAsideWork,
  takeUpCaseKey,
  takeUpClock,
  takeUpTask,
  takeUpTeamKey,
  type TakenUpAgain,
} from './outbox/set-aside.store';
export {
  type BoardQuery,
  type BoardRow,
  countLongPauses,
  countOverdueApprovals,
  listLongPauses,
  listOverdueApprovals,
  type LongPauseRow,
  type OverdueApprovalRow,
} from './tracks/board.store';
export {
  countQueue,
  listQueue,
  QUEUE_PARTS,
  type QueuePageRows,
  type QueuePart,
  type QueueQuery,
  type QueueRow,
  type TrackPart,
} from './tracks/queue.store';
export type { Track } from './tracks/track.entity';
export {
  countOpenSubTracks,
  countOpenTracksByVersion,
  countTracksOnVersions,
  findTrack,
  insertTrack,
  listOpenTracksOfVersion,
  listTracksOfCase,
  listVisibleTracksOfCase,
  lockTrack,
  moveTrack,
  refreshNextDueAt,
  markTrackNewsRead,
  setTrackNews,
  type TrackChanges,
  type TrackPlace,
} from './tracks/track.store';

export type { CaseEventRow } from './record/case-event.entity';
export type { ChainHead, ChainLink } from './record/chain-link';
export {
  appendEvent,
  type EventForNotice,
  findChainHead,
  findEventForNotice,
  findLastAction,
  findLastSeq,
  hasActedOn,
  hasEventAfter,
  listActionEvents,
  listFactEvents,
  listPartakers,
  listChain,
  listEventPage,
  listEvents,
  listEventsOfTypes,
  type NewCaseEvent,
} from './record/case-event.store';

export {
  type HistoryEvent,
  listHistory,
  listProceduresWithTracks,
  listStaffRoles,
  listTracksForReplay,
  listTrackVersions,
  makeReadOnly,
  type TrackForReplay,
} from './record/history.store';

export type { Message } from './conversation/message.entity';
export {
  countMessagesSinceUnread,
  findMessage,
  findMessageForNotice,
  hasMessageRange,
  insertMessage,
  listMessages,
  type MessageRange,
  markMessagesReadByStaff,
  type MessageForNotice,
} from './conversation/message.store';

export type { Notification } from './outbox/notification.entity';
export {
  claimNotification,
  type FailedNotification,
  findNewsTold,
  findNotification,
  insertNotification,
  insertNotifications,
  isNewsMailWaiting,
  listFailedNotifications,
  markNotificationSent,
  type NewsTold,
  type NewNotification,
  noteNotificationFailure,
  suppressNotification,
} from './outbox/notification.store';
export type { OutboxMessage } from './outbox/outbox-message.entity';
export {
  appendAllToOutbox,
  appendToOutbox,
  claimOutbox,
  claimUnfinishedOutbox,
  countOutbox,
  deleteDoneOutbox,
  findOutboxMessage,
  markOutboxDone,
  type NewOutboxMessage,
  noteOutboxFailure,
  postponeOutbox,
  releaseOutbox,
  setOutboxAside,
} from './outbox/outbox.store';

export { PROCESS_ROLES, prepareDatabase, type ProcessName, type RolePasswords } from './migrating/database-roles';
export { describeSchema, findSchemaDifference, firstDifference, SCHEMA_FILE } from './migrating/describe-schema';
export { migrate, type MigrateOptions, type MigrateResult } from './migrating/migrate';
export { hashOfSchema } from './migrating/migration-files';
