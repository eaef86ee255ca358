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
