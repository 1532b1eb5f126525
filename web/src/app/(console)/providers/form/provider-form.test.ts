import { describe, expect, it } from 'vitest';
import { context, fill, withSecret } from './fixtures';
import { missingOf, neededForTest, neededOf } from './needed';
import { problemsOf } from './problems';
import { slotOf, whyConfirm } from './slots';
import { edit, editSlot, type FormContext, type ProviderValues } from './values';

const labels = (values: ProviderValues, against: FormContext = context) =>
  missingOf(values, against).map(({ label }) => label);
const needed = (values: ProviderValues) => neededOf(values, problemsOf(values, context), context);

describe('the name', () => {
  it('follows the display name until it is typed by hand', () => {
    expect(fill([{ displayName: 'OpenAI EU' }]).name).toBe('openai-eu');
    expect(fill([{ displayName: 'OpenAI EU' }, { name: 'gpt' }, { displayName: 'Other' }]).name).toBe('gpt');
  });

  it('may be emptied while typing, and then follows again', () => {
    const emptied = fill([{ displayName: 'OpenAI EU' }, { name: 'gpt' }, { name: '' }]);
    expect(emptied.name).toBe('');
    expect(edit(emptied, { displayName: 'Other' }, context).name).toBe('other');
  });
});

describe('choosing a type', () => {
  it('names the provider after it, and numbers it where that name is taken', () => {
    expect(fill([{ type: 'openai' }])).toMatchObject({ displayName: 'OpenAI', name: 'openai' });
    const second = { ...context, takenNames: ['openai', 'openai-2'] };
    expect(fill([{ type: 'openai' }], second)).toMatchObject({ displayName: 'OpenAI 3', name: 'openai-3' });
    expect(fill([{ displayName: 'Mine' }, { type: 'openai' }]).displayName).toBe('Mine');
    expect(fill([{ type: 'openai' }, { type: 'anthropic' }]).displayName).toBe('Anthropic');
  });

  it('suggests the secret id of that type, and again after a change of mind', () => {
    const idOf = (values: ProviderValues) => slotOf(values, 'api_key').newSecretId;
    expect(idOf(fill([{ type: 'openai' }]))).toBe('OPENAI_API_KEY');
    expect(idOf(fill([{ type: 'openai' }, { type: 'anthropic' }]))).toBe('ANTHROPIC_API_KEY');
    const typed = editSlot(fill([{ type: 'openai' }]), 'api_key', { newSecretId: 'MINE' }, context);
    expect(idOf(edit(typed, { displayName: 'Other' }, context))).toBe('MINE');
  });

  it('starts with the stored secret of the suggested name, when there is one', () => {
    const values = fill([{ type: 'openai' }], withSecret('OPENAI_API_KEY'));
    expect(slotOf(values, 'api_key')).toMatchObject({ mode: 'existing', existingSecretId: 'OPENAI_API_KEY' });
  });

  it('starts with its first way to prove who it is', () => {
    expect(fill([{ type: 'openai_compatible' }])).toMatchObject({ credentialKind: 'none', slots: {} });
    expect(fill([{ type: 'bedrock' }]).credentialKind).toBe('aws_default_chain');
  });

  it('drops passthrough, address, models and a pasted key that belonged to the other type', () => {
    const pasted = editSlot(fill([{ type: 'anthropic' }]), 'api_key', { secretValue: 'sk-ant-1' }, context);
    const values = [
      { models: ['claude'], baseUrl: 'https://a.example' },
      { passthrough: true },
      { type: 'openai' },
    ].reduce((current: ProviderValues, change) => edit(current, change, context), pasted);
    expect(values).toMatchObject({ passthrough: false, baseUrl: '', models: [] });
    expect(slotOf(values, 'api_key')).toMatchObject({ mode: 'new', secretValue: '' });
  });
});

describe('a credential of several secrets', () => {
  const keys = fill([{ type: 'bedrock' }, { credentialKind: 'aws_static_keys' }]);

  it('has an id for each, none twice, and starts without the optional one', () => {
    expect(Object.values(keys.slots).map(({ newSecretId }) => newSecretId)).toEqual([
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
    ]);
    expect(slotOf(keys, 'session_token').mode).toBe('none');
    const clash = editSlot(keys, 'secret_access_key', { newSecretId: 'AWS_ACCESS_KEY_ID' }, context);
    expect(slotOf(clash, 'access_key_id').newSecretId).not.toBe('AWS_ACCESS_KEY_ID');
  });

  it('gives each id its own stem where the suggested one is taken', () => {
    const against = withSecret('AWS_SESSION_TOKEN');
    const second = fill([{ type: 'bedrock' }, { credentialKind: 'aws_static_keys' }], against);
    expect(slotOf(second, 'session_token').newSecretId).toBe('AWS_BEDROCK_SESSION_TOKEN');
  });

  it('names each that is missing', () => {
    expect(labels(keys)).toEqual(['the region', 'the access key ID', 'the secret access key']);
    const chosen = editSlot(keys, 'access_key_id', { mode: 'existing' }, context);
    expect(labels(chosen)[1]).toBe('a secret for the access key ID');
  });

  it('asks for what the chosen kind asks for, and nothing else', () => {
    const role = edit(keys, { credentialKind: 'aws_assume_role' }, context);
    expect(labels(role)).toEqual(['the region', 'the role ARN']);
    expect(role.slots).toEqual({});
  });
});

describe('what is missing', () => {
  it('is listed in the order of the form', () => {
    expect(labels(fill([]))).toEqual(['a provider type']);
    expect(labels(fill([{ type: 'openai' }, { displayName: '' }]))).toEqual([
      'a display name',
      'a name',
      'the API key',
    ]);
    expect(labels(fill([{ type: 'openai' }]))).toEqual(['the API key']);
    expect(labels(fill([{ type: 'openai_compatible' }]))).toEqual(['a base URL']);
    const existing = editSlot(fill([{ type: 'openai' }]), 'api_key', { mode: 'existing' }, context);
    expect(labels(existing)).toEqual(['a secret']);
  });

  it('is a key unless passthrough is on', () => {
    expect(labels(fill([{ type: 'anthropic' }, { passthrough: true }]))).toEqual([]);
    expect(labels(fill([{ type: 'anthropic' }, { passthrough: true }, { passthrough: false }]))).toEqual([
      'the API key',
    ]);
  });

  it('is no base URL while one follows from settings that are asked for', () => {
    expect(labels(fill([{ type: 'bedrock' }]))).toEqual(['the region']);
    expect(labels(fill([{ type: 'bedrock' }, { settings: { region: 'us-east-1' } }]))).toEqual([]);
  });

  it('is an environment when none is chosen', () => {
    const values = fill([{ type: 'openai_compatible' }, { baseUrl: 'http://a/v1' }]);
    expect(labels(values)).toEqual([]);
    expect(labels({ ...values, environments: [] })).toEqual(['an environment']);
  });

  it('is named beside the button together with what is wrong, in the order of the form', () => {
    const values = fill([{ type: 'bedrock' }, { credentialKind: 'aws_static_keys' }, { name: 'Bad' }]);
    const wrong = { ...values, settings: { region: 'Frankfurt' } };
    expect(problemsOf(wrong, context)).toEqual({
      name: 'Use lowercase letters only.',
      'settings.region': 'This is no region; one looks like us-east-1.',
    });
    expect(needed(wrong).map(({ label }) => label)).toEqual([
      'a valid name',
      'a valid region',
      'the access key ID',
      'the secret access key',
    ]);
    expect(neededForTest(needed(wrong)).map(({ field }) => field)).toEqual([
      'settings.region',
      'credentials.access_key_id.value',
      'credentials.secret_access_key.value',
    ]);
    expect(needed(fill([{ type: 'anthropic' }, { passthrough: true }]))).toEqual([]);
  });
});

describe('a stored secret', () => {
  const against = withSecret('OPENAI_API_KEY', 'https://api.openai.com');

  it('needs no confirmation for an origin it was typed in for', () => {
    const values = fill([{ type: 'openai' }], against);
    expect(whyConfirm(values, 'api_key', against)).toBeNull();
    expect(labels(values, against)).toEqual([]);
  });

  it('must be pasted again before it may go to another origin', () => {
    const values = fill([{ type: 'openai' }, { baseUrl: 'https://evil.example/v1' }], against);
    expect(whyConfirm(values, 'api_key', against)).toContain('https://evil.example');
    expect(labels(values, against)).toEqual(['the API key, once more']);
    expect(labels(editSlot(values, 'api_key', { secretValue: 'sk-1' }, against), against)).toEqual([]);
  });

  it('that was never used takes the first origin', () => {
    const fresh = withSecret('OPENAI_API_KEY');
    expect(whyConfirm(fill([{ type: 'openai' }], fresh), 'api_key', fresh)).toBeNull();
  });

  it('is asked for once more where the control plane wants it, until another is chosen', () => {
    const keys = withSecret('AWS_ACCESS_KEY_ID', 'https://sts.amazonaws.com');
    const values = fill([{ type: 'bedrock' }, { credentialKind: 'aws_static_keys' }], keys);
    expect(whyConfirm(values, 'access_key_id', keys)).toBeNull();
    const refused = editSlot(values, 'access_key_id', { mustConfirm: true }, keys);
    expect(labels(refused, keys)).toContain('the access key ID, once more');
    const other = editSlot(refused, 'access_key_id', { mode: 'new' }, keys);
    expect(whyConfirm(editSlot(other, 'access_key_id', { mode: 'existing' }, keys), 'access_key_id', keys)).toBeNull();
  });

  it('of the same id may not be typed in as a new one', () => {
    const typed = editSlot(
      editSlot(fill([{ type: 'openai' }], against), 'api_key', { mode: 'new' }, against),
      'api_key',
      { newSecretId: 'OPENAI_API_KEY' },
      against,
    );
    expect(problemsOf(typed, against)['credentials.api_key.id']).toMatch(/exists already/);
  });
});
