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
    expect(whomToTell([recipient], staffing)).toEqual({ staffIds, vacant: [] });
  });

  it('tells each person once', () => {
    expect(whomToTell(['assignee', 'team'], staffing).staffIds).toEqual(['olga', 'omar', 'lena']);
  });

  it('tells the lead when a track is in nobody’s hands, and says that it is', () => {
    const { assigneeId: _assigneeId, ...unassigned } = staffing;
    expect(whomToTell(['assignee'], unassigned)).toEqual({ staffIds: ['lena'], vacant: ['assignee'] });
  });

  it.each([
    ['no lead: the team', { ...nobody, team: ['omar'], directors: ['dina'] }, 'assignee', ['omar']],
    ['no supervisor: the director', { ...nobody, team: ['omar'], directors: ['dina'] }, 'supervisor', ['dina']],
    ['no director: the supervisor', { ...nobody, supervisors: ['sam'], desk: ['dora'] }, 'director', ['sam']],
    ['nobody but the desk', { ...nobody, desk: ['dora'] }, 'director', ['dora']],
    ['nobody at all', nobody, 'director', []],
  ] as const)('%s', (_case, who, recipient, staffIds) => {
    expect(whomToTell([recipient], who)).toEqual({ staffIds, vacant: [recipient] });
  });
});
