/** A text in several languages, by BCP 47 tag: `{en: 'Received', ar: '…'}`. */
export type Wording = Readonly<Record<string, string>>;
