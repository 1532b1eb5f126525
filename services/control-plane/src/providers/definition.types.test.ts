import { PROVIDER_TYPES } from '@weir/contracts';
import { PROVIDER_TYPE_DEFINITIONS, providerTypeOf } from '@weir/providers';
import { expect, test } from 'vitest';
import { parseBaseUrl } from './base-url.js';
import { toProviderTypeType } from './definition.types.js';

const told = PROVIDER_TYPE_DEFINITIONS.map(toProviderTypeType);

test('every type is told, each with a way to identify itself and something it serves', () => {
  expect(told.map(({ type }) => type)).toEqual([...PROVIDER_TYPES]);
  for (const { type, credentialForms, capabilities } of told) {
    expect(credentialForms.length, type).toBeGreaterThan(0);
    expect(capabilities.length, type).toBeGreaterThan(0);
    expect(new Set(credentialForms.map(({ kind }) => kind)).size, type).toBe(credentialForms.length);
  }
});

test('every field says what it is and where it is found', () => {
  const fields = told.flatMap(({ settings, credentialForms }) => [
    ...settings,
    ...credentialForms.flatMap((form) => [...form.settings, ...form.secrets]),
  ]);
  for (const field of fields) {
    expect(field.label).not.toBe('');
    expect(field.help.length).toBeGreaterThan(10);
    if ('pattern' in field && field.pattern !== null) {
      // The browser checks by the same text, anchored as here; what is shown as an example must pass.
      const whole = new RegExp(`^(?:${field.pattern})$`);
      for (const value of [field.placeholder, ...field.options]) expect(value).toMatch(whole);
    }
  }
});

test.each([
  ['openai', 'https://api.openai.com/v1', 'https://api.openai.com/v1'],
  ['bedrock', null, 'https://bedrock-runtime.{region}.amazonaws.com'],
  ['vertex', null, 'https://{location}-aiplatform.googleapis.com'],
  ['azure_openai', null, null],
  ['openai_compatible', null, null],
] as const)('%s: default address %s, template %s', (type, defaultBaseUrl, baseUrlTemplate) => {
  expect(toProviderTypeType(providerTypeOf(type))).toMatchObject({ defaultBaseUrl, baseUrlTemplate });
});

test('an address of a type is one that may be saved', () => {
  for (const { defaultBaseUrl, baseUrlExample } of told) {
    if (defaultBaseUrl !== null) expect(parseBaseUrl(defaultBaseUrl)).toMatchObject({ secure: true });
    if (baseUrlExample !== null) expect(() => parseBaseUrl(baseUrlExample)).not.toThrow();
  }
});

test('patterns need no flags, which would be lost on the way to the browser', () => {
  const fields = PROVIDER_TYPE_DEFINITIONS.flatMap(({ settings, credentialForms }) => [
    ...settings,
    ...credentialForms.flatMap((form) => form.settings),
  ]);
  expect(fields.filter(({ pattern }) => pattern !== null && pattern.flags !== '')).toEqual([]);
});
