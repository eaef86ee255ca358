import type { ValidationOptions } from 'class-validator';
import { said as saidAs, type MessageParams } from '@recourse/web';

/** What is wrong with a field of a JSON body, as `intake-api.fields.<what>`. For programmers, so in their words. */
export function said(what: string, params: MessageParams = {}): ValidationOptions {
  return saidAs(`intake-api.fields.${what}`, params);
}
