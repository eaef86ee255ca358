import { AssignTrack } from './actions/assign-track.js';
import { PerformAction } from './actions/perform-action.js';
import { SendComplaintMessage } from './conversation/send-complaint-message.js';
import { SendMessageToComplainant } from './conversation/send-message-to-complainant.js';
import { ListQueue } from './desk/list-queue.js';
import { MarkRead } from './desk/mark-read.js';
import { OpenCase } from './desk/open-case.js';
import { OpenEvidence } from './desk/open-evidence.js';
import { FileComplaint } from './filing/file-complaint.js';
import { AddComplaintFile } from './receipts/add-complaint-file.js';
import { AddToComplaint } from './receipts/add-to-complaint.js';
import { OpenComplaintByReceipt } from './receipts/open-complaint-by-receipt.js';
import { ReadSession } from './staff/read-session.js';
import { SignIn } from './staff/sign-in.js';
import { SignOut } from './staff/sign-out.js';

/**
 * What the public door may do: list these as providers. They need a TypeORM `DataSource` on the role `recourse_intake`,
 * {@link FilingSecrets}, {@link RuleBook} and a file store.
 */
export const INTAKE_USE_CASES = [
  FileComplaint,
  OpenComplaintByReceipt,
  SendComplaintMessage,
  AddToComplaint,
  AddComplaintFile,
] as const;

/** What the staff's rooms may do: list these as providers, with a `DataSource` on the role `recourse_casework`. */
export const CASEWORK_USE_CASES = [
  SignIn,
  SignOut,
  ReadSession,
  ListQueue,
  OpenCase,
  MarkRead,
  OpenEvidence,
  PerformAction,
  AssignTrack,
  SendMessageToComplainant,
] as const;
