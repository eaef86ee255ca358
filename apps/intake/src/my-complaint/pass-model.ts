/** Where a page without cookies posts to, and what it carries. */
export interface PassModel {
  /** With the language in it, which no cookie keeps. */
  readonly action: string;
  readonly sealed: string;
}
