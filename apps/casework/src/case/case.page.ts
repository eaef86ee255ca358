import type {
  ActionView,
  ApprovalView,
  CaseView,
  ClockView,
  ConversationWish,
  IntakeAnswers,
  OpenCaseInput,
  TrackView,
} from '@recourse/cases';
import { MESSAGE_LIMIT } from '@recourse/domain';
import type { FormPage, Say } from '@recourse/web';
import { assignPath } from '../assign/assign.page';
import type { CodeWord } from './code-word';
import { dueState, type DueState } from './due-state';
import { durationWord, timelineRows, type TimelineRow } from './timeline';
import { refusalMessage } from './refusal-message';
import { outcomeWord } from './outcome-word';
import { worded } from './worded';

/** A clock beside the case. */
export interface ClockRow {
  readonly name: string;
  readonly state: ClockView['state'];
  readonly dueAt: Date;
  /** `YYYY-MM-DD`, as the clock's calendar counts its days. */
  readonly dueOn: string;
  /** Whether the hour matters too. */
  readonly dueWithinTheDay: boolean;
  readonly due: DueState;
  readonly pausedAt: Date | undefined;
  /** `YYYY-MM-DD`: the day on which it goes on by itself. */
  readonly pausedUntilOn: string | undefined;
  /** The action that paused it. */
  readonly pausedBecause: string | undefined;
  /** What is left of it while it is paused. */
  readonly left: string | undefined;
  readonly finishedAt: Date | undefined;
  /** Pauses that are over, oldest first. */
  readonly pauses: readonly { readonly pausedAt: Date; readonly endedAt: Date; readonly because: string | undefined }[];
  readonly extensions: number;
  readonly missedOn: string | undefined;
}

/** What waits for a second person. */
export interface ApprovalRow {
  readonly name: string;
  readonly path: string;
  readonly request: ApprovalView;
  readonly outcome: string | undefined;
  readonly inputs: readonly { readonly label: string; readonly text: string }[];
}

/** An action as a button, or why it is none. */
export interface ActionRow {
  readonly name: string;
  readonly href: string;
  /** Why it cannot be taken now; empty when it can. */
  readonly refusals: readonly string[];
}

/** A track with all that can be done on it. */
export interface TrackModel {
  readonly id: string;
  readonly title: string;
  /** The page of the procedure it runs under, in its version. */
  readonly procedureHref: string;
  readonly stage: string;
  readonly revision: number;
  readonly closed: boolean;
  readonly closedAt: Date | undefined;
  readonly outcome: string | undefined;
  readonly stageEnteredAt: Date;
  readonly teamName: string;
  readonly assigneeId: string | undefined;
  readonly assigneeName: string | undefined;
  /** Where and to whom the reader may give it. */
  readonly handover: TrackView['handover'] & { readonly path: string };
  readonly hasNews: boolean;
  readonly clocks: readonly ClockRow[];
  readonly finishedClocks: readonly ClockRow[];
  readonly approvals: readonly ApprovalRow[];
  readonly allowed: readonly ActionRow[];
  readonly refused: readonly ActionRow[];
  /** What belongs to other stages, and to which. */
  readonly later: readonly { readonly name: string; readonly stages: readonly string[] }[];
}

/** One answer of the complaint under its question. */
export interface AnswerRow {
  readonly label: string;
  /** Typed by a person, or `coded` where it is one of our words. */
  readonly text: string;
  readonly coded: boolean;
  /** Present in place of words that were typed: a day, `YYYY-MM-DD`. */
  readonly day?: string;
}

/** What the case template receives. */
export interface CaseModel {
  readonly case: CaseView;
  /** What the complainant answered when asked whether anybody is in danger, when it is not "no": the first thing to read. */
  readonly danger: 'yes' | 'not_sure' | undefined;
  readonly kind: string;
  readonly anonymity: string;
  readonly channel: string;
  readonly tracks: readonly TrackModel[];
  readonly items: readonly {
    readonly id: string;
    readonly kind: string;
    readonly receivedAt: Date;
    readonly answers: readonly AnswerRow[];
  }[];
  readonly messages: readonly {
    readonly who: string;
    readonly theirs: boolean;
    readonly at: Date;
    readonly body: string;
    readonly isNew: boolean;
    readonly language: string;
  }[];
  readonly areEarlierMessages: boolean;
  readonly areEarlierAdditions: boolean;
  readonly isEarlierRecord: boolean;
  readonly parties: readonly { readonly role: string; readonly name: string | undefined; readonly company: string | undefined }[];
  readonly timeline: readonly TimelineRow[];
  readonly hasNews: boolean;
  /** Number of the last event there was; the form that sends it is on the page with all that is new alone. */
  readonly seenSeq: string;
  readonly clientKey: string;
  /** The most characters of a message. */
  readonly messageLimit: number;
  readonly form: FormPage;
}

/** Which page of the conversation and of the record. */
export type CasePageWish = Pick<OpenCaseInput, keyof ConversationWish | 'timelineBefore'>;

/** What the page is made for. */
export interface CasePageInput {
  readonly view: CaseView;
  readonly wish: CasePageWish;
  readonly form: FormPage;
  readonly clientKey: string;
  readonly language: string;
  readonly now: Date;
  readonly say: Say;
  readonly word: CodeWord;
}

/** The case as a page: pure, from what the use case opened. */
export function caseModel({ view, wish, form, clientKey, language, now, say, word }: CasePageInput): CaseModel {
  return {
    case: view,
    danger: dangerIn(view),
    kind: word('kind', view.kind),
    anonymity: word('anonymity', view.anonymity),
    channel: word('channel', view.channel),
    tracks: view.tracks.map((track) => trackModel(view, track, { language, now, say, word })),
    items: view.items.map((item) => ({
      id: item.id,
      kind: item.kind,
      receivedAt: item.receivedAt,
      answers: answerRows(item.answers, word),
    })),
    messages: view.messages.map((message) => ({
      who:
        message.direction === 'from_complainant'
          ? say('casework-case.complainant')
          : (message.author?.displayName ?? say('casework-case.institution')),
      theirs: message.direction === 'from_complainant',
      at: message.sentAt,
      body: message.body,
      isNew: message.direction === 'from_complainant' && message.firstReadAt === undefined,
      language: view.language,
    })),
    areEarlierMessages: wish.messagesBefore !== undefined,
    areEarlierAdditions: wish.additionsBefore !== undefined,
    isEarlierRecord: wish.timelineBefore !== undefined,
    parties: view.parties.map((party) => ({
      role: word('party', party.role),
      name: party.name,
      company: party.company?.name,
    })),
    timeline: timelineRows(view, language, say, word),
    hasNews: view.tracks.some((track) => track.hasNews),
    seenSeq: view.seen,
    clientKey,
    messageLimit: MESSAGE_LIMIT,
    form,
  };
}

function dangerIn({ items }: CaseView): CaseModel['danger'] {
  const answers = items.map((item) => item.answers.danger);
  return answers.includes('yes') ? 'yes' : answers.find((answer) => answer === 'not_sure');
}

/** Address of one action's form. */
export function actionPath(reference: string, trackId: string, action: string): string {
  return `/cases/${reference}/tracks/${trackId}/actions/${action}`;
}

/** Why an action cannot be taken, every reason in words; a sentence that stands for several, once. Empty when it can. */
export function refusalSentences({ refusals }: Pick<ActionView, 'refusals'>, language: string, say: Say): readonly string[] {
  const sentences = refusals.map((refusal) => {
    const { key, params } = refusalMessage(refusal, language);
    return say(key, params);
  });
  return [...new Set(sentences)];
}

type Reader = Pick<CasePageInput, 'language' | 'now' | 'say' | 'word'>;

function trackModel(view: CaseView, track: TrackView, { language, now, say, word }: Reader): TrackModel {
  const clocks = track.clocks.map((clock) => clockRow(clock, { language, now, say }));
  const actions = track.actions.map((action) => actionRow(view, track, action, language, say));
  const open = (clock: ClockRow) => clock.state === 'running' || clock.state === 'paused';
  return {
    id: track.id,
    title: worded(track.title, language),
    procedureHref: `/procedures/${track.procedure}/${track.procedureVersion}`,
    stage: worded(track.stageName, language),
    revision: track.revision,
    closed: track.closed,
    closedAt: track.closedAt,
    outcome: outcomeWord(track, language, word),
    stageEnteredAt: track.stageEnteredAt,
    teamName: track.team.name,
    assigneeId: track.assignee?.id,
    assigneeName: track.assignee?.displayName,
    handover: { ...track.handover, path: assignPath(view.reference, track.id) },
    hasNews: track.hasNews,
    clocks: clocks.filter(open),
    finishedClocks: clocks.filter((clock) => !open(clock)),
    approvals: track.approvals.map((request) => approvalRow(view.reference, request, language)),
    allowed: actions.filter(({ refusals }) => refusals.length === 0),
    refused: actions.filter(({ refusals }) => refusals.length > 0),
    later: track.laterActions.map(({ name, stages }) => ({
      name: worded(name, language),
      stages: stages.map((stage) => worded(stage.name, language)),
    })),
  };
}

function approvalRow(reference: string, request: ApprovalView, language: string): ApprovalRow {
  return {
    name: worded(request.actionName, language),
    path: `/cases/${reference}/approvals/${request.id}`,
    request,
    outcome: request.outcomeName && worded(request.outcomeName, language),
    inputs: request.inputs.map(({ label, text }) => ({
      label: worded(label, language),
      text: typeof text === 'string' ? text : worded(text, language),
    })),
  };
}

function clockRow(clock: ClockView, { language, now, say }: Omit<Reader, 'word'>): ClockRow {
  return {
    name: worded(clock.name, language),
    state: clock.state,
    dueAt: clock.dueAt,
    dueOn: clock.dueOn,
    dueWithinTheDay: clock.dueWithinTheDay,
    due: clock.state === 'running' ? dueState(clock.dueAt, now) : 'none',
    pausedAt: clock.pausedAt,
    pausedUntilOn: clock.pausedUntilOn,
    pausedBecause: clock.pauseReasonName && worded(clock.pauseReasonName, language),
    left: clock.remaining && durationWord(clock.remaining, say),
    finishedAt: clock.finishedAt,
    pauses: clock.pauses.map(({ pausedAt, endedAt, reasonName }) => ({
      pausedAt,
      endedAt,
      because: reasonName && worded(reasonName, language),
    })),
    extensions: clock.extensions,
    missedOn: clock.missedOn,
  };
}

function actionRow(view: CaseView, track: TrackView, action: ActionView, language: string, say: Say): ActionRow {
  return {
    name: worded(action.name, language),
    href: actionPath(view.reference, track.id, action.code),
    refusals: refusalSentences(action, language, say),
  };
}

const answerOrder = [
  'narrative',
  'harmed',
  'affected',
  'danger',
  'incidentOn',
  'incidentWhen',
  'place',
  'companyDescription',
  'remedySought',
  'tellCompany',
  'name',
  'safeToReply',
] as const satisfies readonly (keyof IntakeAnswers)[];

const codedAnswers = new Set<keyof IntakeAnswers>(['harmed', 'danger', 'tellCompany']);

function answerRows(answers: IntakeAnswers, word: CodeWord): AnswerRow[] {
  return answerOrder.flatMap((name) => {
    const given = answers[name];
    if (given === undefined || given === '') return [];
    const coded = codedAnswers.has(name);
    if (name === 'incidentOn') return [{ label: word('answer', name), text: given, coded, day: given }];
    return [{ label: word('answer', name), text: coded ? word(name, given) : given, coded }];
  });
}
