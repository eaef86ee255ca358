import { findAction, stageOf, type Procedure, type RecordedEvent } from '@recourse/domain';
import { TABLES, type CaseRows, type Row, type Table } from './case-rows';

/** A row that an event makes or changes. */
interface ToldChange {
  readonly table: Table;
  readonly id: string;
  /** `undefined`: it may be anything. */
  readonly set: Row;
}

type Rows = Record<Table, Record<string, Row>>;

/**
 * The rows of a case as its events tell them, one after the other. Written down here a second time and in other words than the use cases have it, so that
 * what one of them forgets is missed.
 */
export class ToldRows {
  readonly #rows: Rows;
  /** Of each track, the procedure's code. */
  readonly #procedures = new Map<string, Procedure>();
  readonly #lastAction = new Map<string, string>();
  /** Events after which everything is as it was: what did not happen. */
  readonly idle: string[] = [];

  constructor(
    before: CaseRows,
    private readonly procedureOf: (code: string) => Procedure,
  ) {
    this.#rows = structuredClone(before);
    for (const [id, { procedure }] of Object.entries(before.track)) this.#procedures.set(id, procedureOf(String(procedure)));
  }

  read(event: RecordedEvent): void {
    const changes = this.#changesOf(event);
    const changed = changes.map(({ table, id, set }) => {
      const before = this.#rows[table][id];
      this.#rows[table][id] = { ...before, ...set };
      return !before || Object.entries(set).some(([column, value]) => value !== before[column]);
    });
    if (!changed.includes(true)) this.idle.push(event.type);
  }

  /** Where the rows are otherwise than was told. */
  differences(actual: CaseRows): readonly string[] {
    return TABLES.flatMap((table) => {
      const ids = new Set([...Object.keys(this.#rows[table]), ...Object.keys(actual[table])]);
      return [...ids].flatMap((id) => differencesOf(table, this.#rows[table][id], actual[table][id]));
    });
  }

  #changesOf(event: RecordedEvent): readonly ToldChange[] {
    const { type, payload, occurredAt, actorId } = event;
    const at = occurredAt.toISOString();
    const message = (id: unknown, set: Row): ToldChange => ({
      table: 'message',
      id: String(id),
      set: { sent_at: at, first_read_at: null, ...set },
    });
    switch (type) {
      case 'sub_track_opened':
        return [
          { table: 'track', id: String(payload['subTrackId']), set: { parent_track_id: event.trackId, procedure: payload['procedure'] } },
        ];
      case 'case_opened':
        return [this.#opened(event)];
      case 'action_performed':
        return this.#acted(event, message);
      case 'assigned':
        return [this.#onTrack(event, { assignee_id: payload['assigneeId'] })];
      case 'message_sent':
        return [message(payload['messageId'], { direction: 'to_complainant', author_staff_id: actorId })];
      case 'message_received':
        return [message(payload['messageId'], { direction: 'from_complainant', author_staff_id: null })];
      default:
        if (type.startsWith('approval_')) return [this.#request(event)];
        if (type.startsWith('clock_')) return [this.#clock(event)];
        throw new Error(`a walk makes no ${type}`);
    }
  }

  #opened({ trackId, payload, occurredAt }: RecordedEvent): ToldChange {
    const [id, at] = [String(trackId), occurredAt.toISOString()];
    this.#procedures.set(id, this.procedureOf(String(payload['procedure'])));
    const nothingYet = { assignee_id: null, closed_at: null, outcome: null };
    const set = {
      procedure: payload['procedure'],
      stage: payload['stage'],
      revision: 1,
      opened_at: at,
      stage_entered_at: at,
      ...nothingYet,
    };
    return { table: 'track', id, set };
  }

  #acted(event: RecordedEvent, message: (id: unknown, set: Row) => ToldChange): readonly ToldChange[] {
    const { payload, occurredAt, actorId } = event;
    const { action: code, from, to, outcome, messageId } = payload;
    const procedure = this.#procedure(event);
    const action = findAction(procedure, String(code));
    const track = this.#rows.track[String(event.trackId)];
    if (!action || track?.['stage'] !== from)
      throw new Error(`${String(code)} is told from ${String(from)}, and the track was in ${String(track?.['stage'])}`);
    this.#lastAction.set(String(event.trackId), action.code);
    const at = occurredAt.toISOString();
    const given = (payload['inputs'] ?? {}) as Readonly<Record<string, string>>;
    const named = action.inputs.flatMap(({ type, name }) => (type === 'company' ? (given[name] ?? []) : []));
    const others = Object.keys(this.#rows.company).filter((id) => named.length > 0 && !named.includes(id));
    return [
      this.#onTrack(event, {
        stage: to,
        ...(from === to ? {} : { stage_entered_at: at }),
        ...(stageOf(procedure, String(to)).isEnd ? { closed_at: at, outcome: outcome ?? null } : {}),
      }),
      ...(messageId === undefined ? [] : [message(messageId, { direction: 'to_complainant', author_staff_id: actorId })]),
      ...named.map((id): ToldChange => ({ table: 'company', id, set: { current: true } })),
      ...others.map((id): ToldChange => ({ table: 'company', id, set: { current: false } })),
    ];
  }

  /** Whatever moves a track counts it up by one. */
  #onTrack({ trackId }: RecordedEvent, set: Row): ToldChange {
    const id = String(trackId);
    return { table: 'track', id, set: { ...set, revision: Number(this.#rows.track[id]?.['revision']) + 1 } };
  }

  #request({ type, payload, trackId, actorId, occurredAt }: RecordedEvent): ToldChange {
    const [id, at] = [String(payload['approvalId']), occurredAt.toISOString()];
    const asked = { track_id: trackId, action: payload['action'], stage: payload['stage'], requested_by: actorId, requested_at: at };
    const set =
      type === 'approval_requested'
        ? { ...asked, state: 'waiting', answered_by: null, answered_at: null }
        : { state: type.replace('approval_', ''), answered_by: actorId, answered_at: at };
    return { table: 'approval_request', id, set };
  }

  #clock(event: RecordedEvent): ToldChange {
    const { type, payload, occurredAt } = event;
    const [id, at] = [String(payload['deadlineId']), occurredAt.toISOString()];
    const { dueAt, reason, remainingMs, until, extensions, from, late, level, levels } = payload;
    const running = { paused_at: null, pause_until: null };
    const tells: Readonly<Record<string, () => Row>> = {
      clock_started: () => this.#begun(event),
      clock_paused: () => ({
        state: 'paused',
        paused_at: at,
        pause_reason_code: reason,
        remaining_ms: remainingMs,
        pause_until: until ?? null,
      }),
      clock_resumed: () => ({ ...running, state: 'running', due_at: dueAt, pause_reason_code: null, remaining_ms: null }),
      clock_kept_waiting: () => ({ pause_until: null }),
      clock_extended: () => {
        const missed = this.#rows.deadline[id]?.['missed_at'] ?? (new Date(String(from)) < occurredAt ? from : null);
        return { due_at: dueAt, extensions, missed_at: missed, level: undefined };
      },
      clock_met: () => ({ ...running, state: late === true ? 'missed_met' : 'met', finished_at: at }),
      clock_cancelled: () => ({ ...running, state: 'cancelled', finished_at: at }),
      clock_missed: () => ({ level: Math.max(...(levels as number[])) + 1 }),
    };
    const set = tells[type]?.() ?? { level: Number(level) + 1 };
    return { table: 'deadline', id, set };
  }

  /** A clock that begins again does not forget how often it was given more time; where that is what makes it begin again, it counts as once more. */
  #begun(event: RecordedEvent): Row {
    const { trackId, payload, occurredAt } = event;
    const { clock, stage, startedAt, dueAt } = payload;
    const action = findAction(this.#procedure(event), this.#lastAction.get(String(trackId)) ?? '');
    const isGiven = action?.changesClocks.some((change) => change.operation === 'restart' && change.clock === clock) === true;
    const earlier = Object.values(this.#rows.deadline).filter(({ track_id, kind }) => track_id === trackId && kind === clock);
    const extensions = Math.max(0, ...earlier.map((one) => Number(one['extensions']))) + (isGiven ? 1 : 0);
    const fresh = { level: 0, state: 'running', paused_at: null, pause_reason_code: null, pause_until: null, remaining_ms: null };
    return {
      ...fresh,
      track_id: trackId,
      kind: clock,
      stage,
      started_at: startedAt ?? occurredAt.toISOString(),
      due_at: dueAt,
      extensions,
      missed_at: null,
      finished_at: null,
    };
  }

  #procedure({ trackId }: RecordedEvent): Procedure {
    const procedure = this.#procedures.get(String(trackId));
    if (!procedure) throw new Error('a track that nobody opened');
    return procedure;
  }
}

function differencesOf(table: Table, told: Row | undefined, actual: Row | undefined): readonly string[] {
  if (!told || !actual) return [`${table}: ${told ? 'told, and not there' : `there, and not told: ${JSON.stringify(actual)}`}`];
  const columns = [...new Set([...Object.keys(told), ...Object.keys(actual)])];
  const name = ['kind', 'action', 'stage'].map((column) => actual[column]).find((value) => typeof value === 'string') ?? '';
  return columns
    .filter((column) => !(column in told && told[column] === undefined) && told[column] !== actual[column])
    .map((column) => `${table} ${name}: ${column} is ${String(actual[column])}, and the record tells ${String(told[column])}`);
}
