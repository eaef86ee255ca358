const firstStrongIsolate = '\u2068';
const popDirectionalIsolate = '\u2069';
const strongLeftToRight = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d]/u;
const strongRightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * Wraps a value in Unicode isolates (UAX #9, FSI … PDI) when it holds characters of the other direction, so that
 * `RC-7K2MQ-9XT4B` inside an Arabic sentence does not come out as `9XT4B-7K2MQ-RC`.
 */
export function isolate(value: string, direction: 'ltr' | 'rtl'): string {
  const foreign = direction === 'ltr' ? strongRightToLeft : strongLeftToRight;
  return foreign.test(value) ? `${firstStrongIsolate}${value}${popDirectionalIsolate}` : value;
}
