import { getMetadataStorage } from 'class-validator';

/**
 * The properties that a class has rules for: everything it accepts. class-validator's own whitelist comes too late for
 * `__proto__`, `constructor` and names of methods, which class-transformer drops without a word.
 */
export function declaredFields(Class: new () => object): ReadonlySet<string> {
  const rules = getMetadataStorage().getTargetValidationMetadatas(Class, '', false, false);
  return new Set(rules.map((rule) => rule.propertyName));
}

/** The names in a body that its class does not have. */
export function undeclaredFields(Class: new () => object, body: object): string[] {
  const declared = declaredFields(Class);
  return Object.keys(body).filter((name) => !declared.has(name));
}
