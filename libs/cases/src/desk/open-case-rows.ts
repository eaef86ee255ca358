import type { CaseEventRow, Company, EvidenceFile, IntakeItem, Message, Party, StaffName } from '@recourse/persistence';
import { openField, openJson } from '@recourse/vault';
import type { SealedEventPayload } from '@recourse/domain';
import { openLabel } from '../evidence/file-label';
import type { IntakeAnswers } from '../filing/intake-answers';
import type { CaseKeys } from '../keys/case-keys';
import { answersPlace, eventPayloadPlace, messageBodyPlace, partyNamePlace } from '../keys/places';
import { clockNews, type ClockReading } from './clock-news';
import type { CompanyView, FileView, IntakeItemView, MessageView, PartyView, TimelineEntry } from './case-view';

/** What rows of a case are opened with. */
export interface Opening {
  readonly caseId: string;
  readonly keys: CaseKeys;
  /** Everybody who is named in the rows, by id. */
  readonly staff: ReadonlyMap<string, StaffName>;
  readonly companies: readonly Company[];
}

/** A company as pages show it. */
export function companyView(company: Company): CompanyView {
  return { id: company.id, name: company.name, country: company.country, membership: company.membership };
}

/** The complaint or an addition, opened. */
export function itemView({ caseId, keys }: Opening, item: IntakeItem): IntakeItemView {
  // Written by us (store-complaint, add-to-complaint) and authenticated by the seal, so its shape is known.
  const answers = openJson(keys, answersPlace(caseId, item.id), item.sealedAnswers) as IntakeAnswers;
  return { id: item.id, kind: item.kind, channel: item.channel, receivedAt: item.receivedAt, answers };
}

/** A party, its name opened. */
export function partyView({ caseId, keys, companies }: Opening, party: Party): PartyView {
  const company = companies.find(({ id }) => id === party.companyId);
  return {
    id: party.id,
    role: party.role,
    ...(party.sealedName === null ? {} : { name: openField(keys, partyNamePlace(caseId, party.id), party.sealedName) }),
    ...(company === undefined ? {} : { company: companyView(company) }),
  };
}

/** A message, opened. */
export function messageView({ caseId, keys, staff }: Opening, message: Message): MessageView {
  const author = message.authorStaffId === null ? undefined : staff.get(message.authorStaffId);
  return {
    id: message.id,
    direction: message.direction,
    ...(author === undefined ? {} : { author }),
    sentAt: message.sentAt,
    body: openField(keys, messageBodyPlace(caseId, message.id), message.sealedBody),
    ...(message.firstReadAt === null ? {} : { firstReadAt: message.firstReadAt }),
  };
}

/** A file, its label opened. */
export function fileView({ caseId, keys }: Opening, file: EvidenceFile): FileView {
  return {
    id: file.id,
    ...openLabel(keys, caseId, file),
    ...(file.mediaType === null ? {} : { mediaType: file.mediaType }),
    receivedAt: file.receivedAt,
  };
}

/** An event of the record, its reason and sealed inputs opened. */
export function timelineEntry({ caseId, keys, staff }: Opening, event: CaseEventRow, reading: Omit<ClockReading, 'staff'>): TimelineEntry {
  const clock = clockNews(event, { ...reading, staff });
  const actor = event.actorId === null ? undefined : staff.get(event.actorId);
  const sealed =
    event.sealedPayload === null ? {} : (openJson(keys, eventPayloadPlace(caseId, event.id), event.sealedPayload) as SealedEventPayload);
  return {
    id: event.id,
    seq: event.seq,
    type: event.type,
    payload: event.payload,
    occurredAt: event.occurredAt,
    actorKind: event.actorKind,
    ...(actor === undefined ? {} : { actor }),
    ...(sealed.reason === undefined ? {} : { reason: sealed.reason }),
    ...(sealed.inputs === undefined || Object.keys(sealed.inputs).length === 0 ? {} : { sealedInputs: sealed.inputs }),
    ...(clock === undefined ? {} : { clock }),
  };
}
