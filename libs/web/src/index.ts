/**
 * Pages, forms, languages and safety of the two web processes. See `libs/web/README.md` for how to use it.
 */
export { AccessGuard } from './access/access.guard';
export { ChecksTokenItself, Public, Requires } from './access/decorators';
export { Doorkeeper, type Admission } from './access/doorkeeper';
export { LostSession, type OtherPage } from './access/lost-session';
export { RouteCheck, type Route } from './access/route-check';
export { AssetCatalogue } from './assets/asset-catalogue';
export { layOutDiagram, type Diagram, type DiagramArrow, type DiagramBox, type DiagramMeasures, type Rectangle } from './diagram/diagram';
export { EVERYWHERE, type DiagramChart, type DiagramMove, type DiagramStep } from './diagram/diagram-ways';
export { configureWeb } from './configure-web';
export type { KeptFields } from './errors/kept-fields';
export { Refused, type ProblemField } from './errors/refused';
export { isOutage } from './errors/outage';
export { readDateParts, toLatinDigits, type DateParts, type DateReading } from './forms/date-parts';
export { formPage, type FormPage } from './forms/form-page';
export {
  Many,
  readForm,
  refuseForm,
  type CrossChecked,
  type FormCircumstances,
  type FormClass,
  type FormError,
  type FormReading,
  type FormValues,
} from './forms/read-form';
export { said, type FieldProblem } from './forms/said';
export { Verbatim } from './forms/typed-values';
export { CheckedQuery } from './json/checked-query';
export { JsonBody, readJson } from './json/json-body';
export type { Problem } from './json/problem';
export { ProblemAnswer } from './json/problem-answer';
export { outage, Refuses, RefusesBodies, unknownParameter } from './json/refuses';
export { TakesNoBody } from './json/takes-no-body';
export { formatsFor, type Formats } from './language/formats';
export { keepLanguage } from './language/choose-language';
export { Languages, type Language, type Say } from './language/languages';
export type { MessageParams } from './language/messages';
export { PageRenderer } from './pages/page-renderer';
export { answerIn, contextOf, keepQuery, type RequestContext } from './request-context';
export { FormTokens, tokenField } from './safety/form-tokens';
export { localPath } from './safety/local-path';
export { SessionCookies } from './safety/session-cookies';
export { TokenLost } from './safety/token.guard';
export { WebModule } from './web.module';
export { bodyLimit, webOptionsToken, type WebOptions } from './web-options';
