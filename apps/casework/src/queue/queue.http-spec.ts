import { Colleague, staffRooms } from '../../test-support/staff-rooms';

const rooms = staffRooms();

/** The links to the other languages, as a browser follows them from this page. */
function languageLinks(html: string): string[] {
  return [...html.matchAll(/<a class="govuk-language-navigation__link" href="([^"]*)"/g)].map(([, href = '']) =>
    href.replaceAll('&amp;', '&'),
  );
}

describe('the list of cases', () => {
  it('stays on the chosen tab and page when the language is changed', async () => {
    await rooms().given.filed();
    const officer = await Colleague.signedIn(rooms());
    const english = await officer.open('/cases?show=mine');
    expect(languageLinks(english.text)).toEqual(['?show=mine&lang=ar']);
    const arabic = await officer.open('/cases?show=mine&lang=ar');
    expect(arabic.text).toMatch(/<a class="[^"]*rc-tabs__tab--mine" href="[^"]*" aria-current="page"/);
    expect(languageLinks(arabic.text)).toEqual(['?show=mine&lang=en']);
    const later = await officer.open('/cases?show=all&after=eyJhdCI6IiJ9');
    expect(languageLinks(later.text)).toEqual(['?show=all&after=eyJhdCI6IiJ9&lang=en']);
  });

  it('names what closed a case as the procedure does', async () => {
    const { reference } = await rooms().given.caseIn('refused_and_referred');
    const officer = await Colleague.signedIn(rooms());
    const row = (html: string) => html.split('<tr').find((one) => one.includes(reference)) ?? '';
    expect(row((await officer.open('/cases?show=closed')).text)).toContain('Refused and referred – Outside the mandate');
    expect(row((await officer.open('/cases?show=closed&lang=ar')).text)).not.toContain('Outside');
  });

  it('repeats nothing of the address that it does not know', async () => {
    const officer = await Colleague.signedIn(rooms());
    const page = await officer.open('/cases?show=mine&receipt=123456781234567812345678');
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('123456781234567812345678');
  });
});

describe('the other pages of the staff', () => {
  it('keep what their address says when the language is changed', async () => {
    const { reference } = await rooms().given.filed();
    const nobody = await new Colleague(rooms()).open(`/sign-in?next=/cases/${reference}`);
    expect(languageLinks(nobody.text)).toEqual([`?next=%2Fcases%2F${reference}&lang=ar`]);
    const officer = await Colleague.signedIn(rooms());
    expect(languageLinks((await officer.open(`/cases/${reference}?done=read`)).text)).toEqual(['?done=read&lang=ar']);
    expect(languageLinks((await officer.open(`/cases/${reference}?done=nonsense`)).text)).toEqual(['?lang=ar']);
  });

  it('lead nowhere else from the sign-in', async () => {
    const nobody = await new Colleague(rooms()).open('/sign-in?next=//elsewhere.example');
    expect(languageLinks(nobody.text)).toEqual(['?lang=ar']);
  });
});
