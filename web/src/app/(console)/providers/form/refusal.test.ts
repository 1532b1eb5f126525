import { describe, expect, it } from 'vitest';
import { context, fill, withSecret } from './fixtures';
import { fieldOfRefusal, slotsToConfirm } from './refusal';

describe('a refusal lands on the control that can mend it', () => {
  const typing = fill([{ type: 'openai' }]);
  const against = withSecret('OPENAI_API_KEY', 'https://api.openai.com');
  const choosing = fill([{ type: 'openai' }], against);
  const moved = fill([{ type: 'openai' }, { baseUrl: 'https://eu.example/v1' }], against);

  it.each([
    ['settings.region', typing, context, 'settings.region'],
    ['baseUrl', typing, context, 'baseUrl'],
    ['credentials.api_key', typing, context, 'credentials.api_key.value'],
    ['credentials.api_key.secretId', typing, context, 'credentials.api_key.id'],
    ['credentials.api_key', choosing, against, 'credentials.api_key'],
    ['credentials.api_key.secretValue', choosing, against, 'credentials.api_key'],
    ['credentials.api_key.secretValue', moved, against, 'credentials.api_key.value'],
    ['credentials', typing, context, 'credentials.api_key.value'],
    ['credentials', fill([{ type: 'bedrock' }]), context, 'credentialKind'],
  ])('%s', (field, values, form, expected) => {
    expect(fieldOfRefusal(field, values, form)).toBe(expected);
  });
});

it('a stored secret that may not go there is asked for once more', () => {
  const fields = { 'credentials.api_key': 'It may only be sent to …' };
  expect(slotsToConfirm({ code: 'SECRET_ORIGIN_UNBOUND', fields })).toEqual(['api_key']);
  expect(slotsToConfirm({ code: 'SECRET_MISSING', fields })).toEqual([]);
});
