import { whomToTell, type Staffing } from './recipients';

const staffing: Staffing = {
  assigneeId: 'olga',
  team: ['olga', 'omar', 'lena'],
  desk: ['dora'],
  teamLeads: ['lena'],
  supervisors: ['sam'],
  directors: ['dina'],
};
const nobody: Staffing = { team: [], desk: [], teamLeads: [], supervisors: [], directors: [] };

describe('whomToTell', () => {
  it.each([
    ['assignee', ['olga']],
    ['team', ['olga', 'omar', 'lena']],
    ['desk', ['dora']],
    ['team_lead', ['lena']],
    ['supervisor', ['sam']],
    ['director', ['dina']],
  ] as const)('finds the %s', (recipient, staffIds) => {
    expect(whomToTell([recipient], staffing)).toEqual({ staffIds, goesBeyondTheTeam: false, vacant: [] });
  });

  it('tells each person once', () => {
    expect(whomToTell(['assignee', 'team'], staffing).staffIds).toEqual(['olga', 'omar', 'lena']);
  });

  it('tells the lead when a track is in nobody’s hands, and says that it is', () => {
    const { assigneeId: _assigneeId, ...unassigned } = staffing;
    expect(whomToTell(['assignee'], unassigned)).toEqual({ staffIds: ['lena'], goesBeyondTheTeam: false, vacant: ['assignee'] });
  });

  it.each([
    ['no lead: the team', { ...nobody, team: ['omar'], directors: ['dina'] }, 'assignee', ['omar']],
    ['no supervisor: the director', { ...nobody, team: ['omar'], directors: ['dina'] }, 'supervisor', ['dina']],
    ['nobody but the desk', { ...nobody, desk: ['dora'] }, 'assignee', ['dora']],
  ] as const)('%s', (_case, who, recipient, staffIds) => {
    expect(whomToTell([recipient], who)).toEqual({ staffIds, goesBeyondTheTeam: false, vacant: [recipient] });
  });

  it.each([
    ['a director on a team with a supervisor', { ...nobody, team: ['omar', 'sam'], supervisors: ['sam'] }, 'director'],
    ['a supervisor on a team with a lead', { ...nobody, team: ['lena'], teamLeads: ['lena'] }, 'supervisor'],
    ['a lead on a team of one officer', { ...nobody, team: ['omar'], desk: ['omar'] }, 'team_lead'],
    ['anybody where there is nobody', nobody, 'assignee'],
  ] as const)('an escalation never comes down: %s is sought beyond the team', (_case, who, recipient) => {
    expect(whomToTell([recipient], who)).toEqual({ staffIds: [], goesBeyondTheTeam: true, vacant: [recipient] });
  });

  it('says that it goes beyond the team also when somebody else is told here', () => {
    const officer = { ...nobody, assigneeId: 'omar', team: ['omar'] };
    expect(whomToTell(['assignee', 'director'], officer)).toEqual({ staffIds: ['omar'], goesBeyondTheTeam: true, vacant: ['director'] });
  });
});
