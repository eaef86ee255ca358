import type { CaseView } from '@recourse/cases';
import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

const NO_COMPANY = 'Name the company first.';
const NO_CONSENT = 'Not recorded yet: The complainant agreed that the company is told';

it('an action that cannot be taken says every reason: on the case, on its own page and over the API', async () => {
  const { reference, trackId } = await rooms().given.caseIn('admissible');
  const officer = await Colleague.signedIn(rooms());
  const page = await officer.open(`/cases/${reference}`);
  expect(textOf(page.text)).toContain(`Engage the company ${NO_COMPANY} ${NO_CONSENT}`);
  const form = await officer.open(`/cases/${reference}/tracks/${trackId}/actions/engage_company`);
  expect(textOf(form.text)).toMatch(new RegExp(`This cannot be done now\\. ${NO_COMPANY} ${NO_CONSENT}`));
  const { tracks } = (await officer.agent.get(`/api/v1/cases/${reference}`)).body as CaseView;
  const action = tracks[0]?.actions.find(({ code }) => code === 'engage_company');
  expect(action).toMatchObject({ refusal: { guard: 'company_named' } });
  expect(action?.refusals.map(({ guard }) => guard)).toEqual(['company_named', 'consent_to_notify_company']);
  expect(tracks[0]?.actions.filter(({ allowed, refusals }) => allowed !== (refusals.length === 0))).toEqual([]);
});

it('the API answers an action that is refused for a fact in words, in the language of the reader', async () => {
  const { institution } = rooms().given;
  const filed = await rooms().given.caseIn('admissible');
  await rooms().given.performed(filed, { action: 'name_company', actor: institution.officer, inputs: { company: institution.companyId } });
  const officer = await Colleague.signedIn(rooms());
  const seenRevision = (await rooms().given.track(filed.reference)).revision;
  const path = `/api/v1/cases/${filed.reference}/actions/engage_company`;
  const act = () => officer.agent.post(path).send({ track: filed.trackId, seenRevision, message: 'Hello.' });
  const refused = await act();
  expect([refused.status, refused.body]).toMatchObject([409, { code: 'guard_failed', errors: [{ message: NO_CONSENT }] }]);
  await officer.open('/cases?lang=ar');
  expect(JSON.stringify((await act()).body)).toContain('لم يُسجَّل بعد: ');
});
