import { AssetCatalogue } from '../assets/asset-catalogue';
import { formPage, type FormPage } from '../forms/form-page';
import { refuseForm } from '../forms/read-form';
import { Languages } from '../language/languages';
import { createPageEnvironment } from './page-environment';

const languages = Languages.load(['en', 'ar']);
const environments = new Map(
  languages.all.map((language) => [
    language.code,
    createPageEnvironment(language, languages, AssetCatalogue.none(), {
      timeZone: 'Europe/Zurich',
      institution: { name: 'Responsible Security Association' },
      exitUrl: 'https://weather.example/?a=1&b=2',
      viewFolders: [],
    }),
  ]),
);

function render(language: 'en' | 'ar', template: string, model: object = {}): string {
  const environment = environments.get(language)!;
  return environment.renderString(template, model).replace(/\s+/g, ' ').trim();
}

/** Imports a macro and calls it, as a page does. */
const macro = (file: string, name: string, call: string) => `{% from "components/${file}.njk" import ${name} %}{{ ${name}(${call}) }}`;

const wrong: FormPage = formPage(
  refuseForm(
    { story: '</textarea><script>', whenDay: '31', email: 'a"b' },
    { field: 'story', key: 'forms.maxLength', params: {} },
    { field: 'whenDay', key: 'forms.date_not_a_date', params: {} },
    { field: 'other', key: 'forms.noSuchRule', params: {} },
  ),
);

describe('fields', () => {
  it('show what they held, escaped, in the direction of what was typed', () => {
    const html = render('en', macro('form', 'textArea', "form, 'story', { label: 'What happened?' }"), { form: wrong });
    expect(html).toContain('&lt;/textarea&gt;&lt;script&gt;</textarea>');
    expect(html).toContain('dir="auto"');
    expect(render('en', macro('form', 'textField', "form, 'email', { label: 'E-mail' }"), { form: wrong })).toContain('value="a&quot;b"');
  });

  it('say what is wrong with them, and tell a screen reader which field it is', () => {
    const html = render('ar', macro('form', 'textArea', "form, 'story', { label: 'ماذا حدث؟', hint: 'x' }"), { form: wrong });
    expect(html).toContain('هذا النص طويل جدًا. اختصره.');
    expect(html).toMatch(/<textarea[^>]* id="story"[^>]* aria-describedby="story-hint story-error"/);
    expect(html).toContain('<span class="govuk-visually-hidden">خطأ:</span>');
  });

  it('are told nothing when nothing is wrong', () => {
    const html = render('en', macro('form', 'textArea', "form, 'story', { label: 'What happened?' }"), { form: formPage() });
    expect(html).not.toContain('error');
  });

  it('may be left empty where the label says so', () => {
    const html = render('ar', macro('form', 'textField', "form, 'place', { label: 'المكان', optional: true }"), { form: formPage() });
    expect(html).toContain('المكان (يمكنك تركه فارغًا)');
  });

  it('of a date are three, the first of them the place of the error', () => {
    const html = render('en', macro('form', 'dateField', "form, 'when', { label: 'When?', hint: 'Like 24 11 2026' }"), { form: wrong });
    expect(html).toContain('aria-describedby="when-hint when-error"');
    expect(html).toMatch(/id="whenDay" name="whenDay"[^>]*value="31"/);
    expect(html).toContain('There is no such date.');
    expect([...html.matchAll(/<label[^>]*>(\w+)<\/label>/g)].map((label) => label[1])).toEqual(['Day', 'Month', 'Year']);
  });

  it('of a password never show what was typed', () => {
    const html = render('en', macro('form', 'passwordField', "form, 'password', { label: 'Password' }"), {
      form: formPage({ password: 'hunter2' }),
    });
    expect(html).not.toContain('hunter2');
  });

  it('with choices remember what was chosen', () => {
    const items = "items: [{ value: 'a', text: 'A', hint: 'why' }, { value: 'b', text: 'B' }]";
    const radios = render('en', macro('form', 'radios', `form, 'one', { label: 'One', ${items} }`), { form: formPage({ one: 'b' }) });
    const boxes = render('en', macro('form', 'checkboxes', `form, 'many', { label: 'Many', ${items} }`), {
      form: formPage({ many: ['a', 'b'] }),
    });
    const select = render('ar', macro('form', 'selectField', `form, 'one', { label: 'One', ${items} }`), { form: formPage({ one: 'b' }) });
    expect(radios.match(/ checked/g)).toHaveLength(1);
    expect(boxes.match(/ checked/g)).toHaveLength(2);
    expect(radios).toContain('id="one"');
    expect(select).toContain('<option value="">اختر واحدًا</option>');
    expect(select).toContain('<option value="b" selected>');
  });

  it('with an error have a line in the summary that leads to them', () => {
    const html = render('en', macro('form', 'errorSummary', 'form'), { form: wrong });
    expect(html).toContain('<a href="#story">This is too long. Shorten it.</a>');
    expect(html).toContain('<a href="#whenDay">There is no such date.');
    expect(html).toContain('<a href="#other">This answer cannot be taken as it is.');
  });
});

describe('messages with markup', () => {
  const say = (language: 'en' | 'ar', params: object) => render(language, "{{ tHtml('layout.footer.website', params) }}", { params });

  it('escape what they are given, unless it is safe already', () => {
    expect(say('en', { institution: '<b>"x"</b>' })).toBe('Website of &lt;b&gt;&quot;x&quot;&lt;/b&gt;');
    expect(render('en', "{{ tHtml('layout.footer.website', { institution: '<i>' | typedInline }) }}")).toBe(
      'Website of <bdi>&lt;i&gt;</bdi>',
    );
  });

  it('isolate it from the direction of the sentence', () => {
    expect(say('ar', { institution: 'ICoCA' })).toBe('موقع \u2068ICoCA\u2069');
  });

  it('fail when they do not exist: a page with a hole is a bug', () => {
    expect(() => render('en', "{{ t('layout.nothing') }}")).toThrow('There is no message "layout.nothing" in "en"');
  });
});

describe('pieces', () => {
  const at = new Date('2026-11-24T13:05:00Z');

  it('leave the page by a plain link', () => {
    const html = render('ar', macro('exit', 'exitButton', ''));
    expect(html).toContain('href="https://weather.example/?a=1&amp;b=2" rel="nofollow noreferrer"');
    expect(html).toContain('غادِر هذه الصفحة');
  });

  it('show messages in the direction in which each was written', () => {
    const items = [{ who: 'You wrote', theirs: true, at, body: 'Hello <b>\nyou', language: 'en', isNew: true }];
    const html = render('en', macro('messages', 'messages', "items, 'New'"), { items });
    expect(html).toContain('<time datetime="2026-11-24T13:05:00.000Z">24 November 2026 at 14:05</time>');
    expect(html).toContain('<div class="typed" lang="en"><p dir="auto">Hello &lt;b&gt;<br>you</p></div>');
    expect(html).toContain('rc-message--theirs');
  });

  it('say the state of each stage to who cannot see the mark', () => {
    const items = [
      { name: 'Received', state: 'done' },
      { name: 'Screening', state: 'now', note: 'until <b>' },
    ];
    const html = render('en', macro('stages', 'stages', "items, { done: 'done', now: 'now', ahead: 'ahead' }"), { items });
    expect(html).toContain('Received<span class="govuk-visually-hidden"> (done)</span>');
    expect(html).toContain('aria-current="step"');
    expect(html).toContain('until &lt;b&gt;');
  });

  it('show a receipt from left to right in every language', () => {
    expect(render('ar', macro('receipt', 'receipt', "'1234 5678'"))).toBe(
      '<p class="rc-receipt" dir="ltr"><span>1234</span> <span>5678</span></p>',
    );
  });

  it('name each language in itself', () => {
    const links = [
      { text: 'English', lang: 'en', dir: 'ltr', href: '?lang=en', current: true },
      { text: 'العربية', lang: 'ar', dir: 'rtl', href: '?lang=ar' },
    ];
    const html = render('en', macro('languages', 'languageNavigation', 'links'), { links });
    expect(html).toContain(
      '<a class="govuk-language-navigation__link" href="?lang=ar" rel="alternate" hreflang="ar" lang="ar" dir="rtl">العربية</a>',
    );
    expect(html).toContain('aria-current="true" lang="en"');
  });

  it('tell the timeline in order, with its time', () => {
    const items = [{ title: 'Screening ran out', by: 'the clock', at, state: 'late' }];
    const html = render('ar', macro('timeline', 'timeline', 'items, 4'), { items });
    expect(html).toContain('<h4 class="moj-timeline__title">Screening ran out</h4>');
    expect(html).toContain('moj-timeline__item--late');
    expect(html).toContain('24 نوفمبر 2026');
  });
});
