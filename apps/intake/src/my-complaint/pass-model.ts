/** Where a page without cookies posts to, and what it carries. */
export interface PassModel {
  /** With the language in it, which no cookie keeps. */
  readonly action: string;
  readonly sealed: string;
  /** The browser does not say that the form came from us: whoever reads the page has to know whether they typed the number. */
  readonly isOriginUnsaid: boolean;
}
