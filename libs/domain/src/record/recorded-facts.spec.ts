import { isCaseEventType } from './case-event';
import { recordedFacts } from './recorded-facts';

const given = { type: 'action_performed', payload: { action: 'record_consent', establishes: ['consent_to_notify_company'] } };
const takenBack = { type: 'action_performed', payload: { action: 'record_consent_withdrawn', revokes: ['consent_to_notify_company'] } };
const other = { type: 'message_received', payload: { messageId: 'm', establishes: ['consent_to_notify_company'] } };

describe('recordedFacts', () => {
  it.each([
    ['nothing happened', [], []],
    ['consent was given', [given], ['consent_to_notify_company']],
    ['it was taken back', [given, takenBack], []],
    ['and given again', [given, takenBack, given], ['consent_to_notify_company']],
    ['only actions count', [other], []],
    ['whatever the procedure calls it', [{ type: 'action_performed', payload: { establishes: ['moon_is_full', 1] } }], ['moon_is_full']],
    ['a payload of another shape', [{ type: 'action_performed', payload: { establishes: 'consent_to_notify_company' } }], []],
  ])('%s', (_case, events, facts) => {
    expect([...recordedFacts(events)]).toEqual(facts);
  });
});

describe('isCaseEventType', () => {
  it('knows its own types and no others', () => {
    expect([isCaseEventType('clock_ran_out'), isCaseEventType('clock_melted'), isCaseEventType('toString')]).toEqual([true, false, false]);
  });
});
