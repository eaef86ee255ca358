/** Who can be told about a clock. `team` and `team_lead` are those of the track's team, `desk` is the team that received the case. */
export const RECIPIENTS = ['assignee', 'team', 'desk', 'team_lead', 'supervisor', 'director'] as const;
/** One of {@link RECIPIENTS}. */
export type Recipient = (typeof RECIPIENTS)[number];

/** Those of whom there is a named person with authority: one of them must stand at the end of every ladder. */
export const ACCOUNTABLE_RECIPIENTS: readonly Recipient[] = ['team_lead', 'supervisor', 'director'];

/**
 * Who holds what, as ids of active staff. Give only people whom the access policy lets see the case: whoever is walled off is not told
 * that there is one.
 */
export interface Staffing {
  readonly assigneeId?: string;
  readonly team: readonly string[];
  readonly desk: readonly string[];
  readonly teamLeads: readonly string[];
  readonly supervisors: readonly string[];
  readonly directors: readonly string[];
}

/**
 * Who is told when nobody holds what a clock names. In the stead of somebody with authority only somebody with as much or more: an escalation that
 * came down again would end with those whom it is about.
 */
const IN_TURN: Readonly<Record<Recipient, readonly Recipient[]>> = {
  assignee: ['assignee', 'team_lead', 'team', 'supervisor', 'director', 'desk'],
  team: ['team', 'team_lead', 'desk', 'supervisor', 'director'],
  desk: ['desk', 'team_lead', 'team', 'supervisor', 'director'],
  team_lead: ['team_lead', 'supervisor', 'director'],
  supervisor: ['supervisor', 'director'],
  director: ['director'],
};

/** Whom to tell, and for whom somebody else had to stand in. */
export interface Told {
  /** Ids of staff, without repetition. */
  readonly staffIds: readonly string[];
  /** Whether nobody here can stand in for one of the recipients, so that those in charge of the institution have to be told too. */
  readonly goesBeyondTheTeam: boolean;
  /** Recipients of the procedure that nobody holds. */
  readonly vacant: readonly Recipient[];
}

/**
 * The people behind the recipients that a clock names. Where nobody holds a role, the next one upwards is told instead, so that a track
 * without an assignee is as loud as any other; where there is nobody above either, whoever is in charge of the institution has to be.
 * @param tell what the clock says
 * @param staffing who holds what
 * @param otherwise who is told in the stead of those whom nobody holds; without it, or when nobody holds these either, the next one upwards
 */
export function whomToTell(tell: readonly Recipient[], staffing: Staffing, otherwise: readonly Recipient[] = []): Told {
  const staffIds = new Set<string>();
  const vacant: Recipient[] = [];
  let goesBeyondTheTeam = false;
  for (const recipient of tell) {
    const holders = holdersOf(recipient, staffing);
    if (holders.length === 0) vacant.push(recipient);
    const named = holders.length > 0 ? holders : otherwise.flatMap((other) => holdersOf(other, staffing));
    const found = named.length > 0 ? named : holdersOrNext(recipient, staffing);
    if (found.length === 0) goesBeyondTheTeam = true;
    for (const id of found) staffIds.add(id);
  }
  return { staffIds: [...staffIds], goesBeyondTheTeam, vacant };
}

function holdersOrNext(recipient: Recipient, staffing: Staffing): readonly string[] {
  for (const candidate of IN_TURN[recipient]) {
    const holders = holdersOf(candidate, staffing);
    if (holders.length > 0) return holders;
  }
  return [];
}

function holdersOf(recipient: Recipient, staffing: Staffing): readonly string[] {
  switch (recipient) {
    case 'assignee':
      return staffing.assigneeId === undefined ? [] : [staffing.assigneeId];
    case 'team':
      return staffing.team;
    case 'desk':
      return staffing.desk;
    case 'team_lead':
      return staffing.teamLeads;
    case 'supervisor':
      return staffing.supervisors;
    case 'director':
      return staffing.directors;
  }
}
