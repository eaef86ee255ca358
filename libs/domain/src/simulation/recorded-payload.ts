import type { RecordedEvent } from './recorded-case';

/** What an event says under this name, if it is a text. */
export function text({ payload }: RecordedEvent, key: string): string | undefined {
  const value = payload[key];
  return typeof value === 'string' ? value : undefined;
}

/** The moment that an event says under this name; an invalid one when it says none. */
export function moment(event: RecordedEvent, key: string): Date {
  return new Date(text(event, key) ?? Number.NaN);
}
