import { join } from 'node:path';
import { projectRoot } from '@recourse/config';
import { formFieldsIn } from '@recourse/testing';
import { typedSecrets, unshownFields } from './unshown-fields';

describe('the fields that a page about an error does not show', () => {
  const { typed, untyped } = formFieldsIn(join(projectRoot, 'apps/intake/views'));

  it('are all those of the forms in which nobody types, and no other', () => {
    expect([...untyped].filter((name) => !unshownFields.includes(name))).toEqual([]);
    expect(unshownFields.filter((name) => !untyped.has(name) && !typed.has(name))).toEqual([]);
  });

  it('are none into which a person writes', () => {
    expect(typed.size).toBeGreaterThan(3);
    expect([...typed].filter((name) => unshownFields.includes(name))).toEqual([...typedSecrets]);
  });
});
