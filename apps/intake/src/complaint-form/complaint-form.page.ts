import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Clock } from '@recourse/clock';
import { countriesIn } from '@recourse/domain';
import { contextOf, formatsFor, Languages, PageRenderer, webOptionsToken, type FormPage, type WebOptions } from '@recourse/web';
import { answerGroups } from './answer-rows';
import { DraftSealer, type Draft, type DraftPlace } from './draft';
import type { QuestionForms } from './question-forms';
import { questions, stepBefore, storyQuestion, type Question } from './questions';
import { narrativeLimit } from './within-limit';
import { writingLanguagesFor, type WritingLanguage } from './writing-languages';

/** Draws the pages of the form, each with the whole draft sealed inside. */
@Injectable()
export class ComplaintFormPage {
  private readonly listsByLanguage = new Map<string, Lists>();

  constructor(
    private readonly pages: PageRenderer,
    private readonly languages: Languages,
    private readonly drafts: DraftSealer,
    @Inject(webOptionsToken) private readonly options: WebOptions,
    private readonly clock: Clock,
  ) {}

  question(res: Response, question: Question, { draft, place }: Written, form: FormPage): void {
    const { language } = contextOf(res);
    const number = questions.indexOf(question) + 1;
    const model = {
      question,
      number,
      total: questions.length,
      form: { ...form, values: { ...defaults(question, draft, language), ...form.values } },
      ...this.sealed(res, draft, place),
      // A choice on the first page would be lost with the answers on the later ones, which have no address of their own.
      chooseLanguage: number === 1 && res.req.method === 'GET',
      maySkip: number > questions.indexOf(storyQuestion) + 1 && !draft.checked && number < questions.length,
      mayGoBack: draft.checked || stepBefore(question) !== undefined,
      narrativeLimit,
      writingLanguages: question === 'what_happened' ? this.lists(language).writingLanguages : [],
      countries: question === 'where' ? this.lists(language).countries : [],
    };
    this.pages.render(res, 'complaint/question.njk', model, form.errors.length > 0 ? 422 : 200);
  }

  /** The long lists, made once for each language: naming 250 countries takes several milliseconds. */
  private lists(language: string): Lists {
    const known = this.listsByLanguage.get(language);
    if (known) return known;
    const countries = countriesIn(language).map(({ code, name }) => ({ value: code, text: name }));
    const lists = { countries, writingLanguages: writingLanguagesFor(language) };
    this.listsByLanguage.set(language, lists);
    return lists;
  }

  /** All answers before they are sent. `sent` when this draft was sent before, with other answers. */
  check(
    res: Response,
    { draft, place }: Written,
    forms: QuestionForms,
    form: FormPage,
    extra: { status?: number; sent?: boolean } = {},
  ): void {
    const { language } = contextOf(res);
    const words = {
      say: this.pages.say(res),
      formats: formatsFor(this.languages.get(language), this.options.timeZone),
      institution: this.options.institution.name,
    };
    const model = {
      form,
      groups: answerGroups(forms, words),
      textLanguage: forms.what_happened.language,
      ...this.sealed(res, draft, place),
      sent: extra.sent === true,
    };
    this.pages.render(res, 'complaint/check.njk', model, extra.status ?? (form.errors.length > 0 ? 422 : 200));
  }

  /** The draft in the page, and where the page posts to: without cookies the language, too, has to travel in it. */
  private sealed(res: Response, draft: Draft, place: DraftPlace) {
    const withoutCookies = place.kind === 'page';
    return {
      draft: this.drafts.seal(draft, place, this.clock.machineNow()),
      action: withoutCookies ? `/complaint?lang=${contextOf(res).language}` : '/complaint',
      withoutCookies,
    };
  }
}

/** A draft, and where it may be opened. */
export interface Written {
  readonly draft: Draft;
  readonly place: DraftPlace;
}

interface Lists {
  readonly writingLanguages: readonly WritingLanguage[];
  readonly countries: readonly { readonly value: string; readonly text: string }[];
}

/** What is ticked before a question was ever answered: the safer choice, and the language of the page. */
function defaults(question: Question, draft: Draft, language: string): Record<string, string> {
  if (draft.answers[question] !== undefined) return {};
  if (question === 'contact') return { neutral: 'yes', hours: 'any' };
  return question === 'what_happened' ? { language } : {};
}
