import { CalendarVersion } from '../calendars/calendar-version.entity';
import { Message } from '../conversation/message.entity';
import { CaseFile } from '../filing/case-file.entity';
import { CaseKeyGrant } from '../filing/case-key-grant.entity';
import { ContactRoute } from '../filing/contact-route.entity';
import { EvidenceFile } from '../filing/evidence-file.entity';
import { Filing } from '../filing/filing.entity';
import { IntakeItem } from '../filing/intake-item.entity';
import { Party } from '../filing/party.entity';
import { Receipt } from '../filing/receipt.entity';
import { Company } from '../institution/company.entity';
import { DemoMark } from '../institution/demo-mark.entity';
import { ProcedureInUse } from '../institution/procedure-in-use.entity';
import { ProcedureVersion } from '../institution/procedure-version.entity';
import { SecretFingerprint } from '../institution/secret-fingerprint.entity';
import { SignInLimit } from '../institution/sign-in-limit.entity';
import { StaffEventRow } from '../institution/staff-event.entity';
import { StaffMember } from '../institution/staff-member.entity';
import { StaffSession } from '../institution/staff-session.entity';
import { TeamFormerKey } from '../institution/team-former-key.entity';
import { TeamKeyAside } from '../institution/team-key-aside.entity';
import { Team } from '../institution/team.entity';
import { TeamMember } from '../institution/team-member.entity';
import { VaultKey } from '../institution/vault-key.entity';
import { Notification } from '../outbox/notification.entity';
import { OutboxMessage } from '../outbox/outbox-message.entity';
import { CaseEventRow } from '../record/case-event.entity';
import { ApprovalRequest } from '../tracks/approval-request.entity';
import { Deadline } from '../tracks/deadline.entity';
import { Track } from '../tracks/track.entity';

/** Every entity of the house. */
export const ENTITIES = [
  CalendarVersion,
  Message,
  CaseFile,
  CaseKeyGrant,
  ContactRoute,
  EvidenceFile,
  Filing,
  IntakeItem,
  Party,
  Receipt,
  Company,
  DemoMark,
  ProcedureInUse,
  ProcedureVersion,
  SecretFingerprint,
  SignInLimit,
  StaffEventRow,
  StaffMember,
  StaffSession,
  Team,
  TeamFormerKey,
  TeamKeyAside,
  TeamMember,
  VaultKey,
  Notification,
  OutboxMessage,
  CaseEventRow,
  ApprovalRequest,
  Deadline,
  Track,
];
