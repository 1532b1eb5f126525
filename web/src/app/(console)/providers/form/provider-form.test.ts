import { describe, expect, it } from 'vitest';
import { createInput, draftInput } from './input';
import { missingOf, neededOf, originToConfirm, problemsOf } from './problems';
import { EMPTY_VALUES, edit, type FormContext, type ProviderTypeOption, type ProviderValues } from './values';

const openai: ProviderTypeOption = {
  type: 'openai',
  label: 'OpenAI',
  summary: '',
  defaultBaseUrl: 'https://api.openai.com/v1',
  credentialRequired: true,
  suggestedSecretId: 'OPENAI_API_KEY',
  supportsPassthrough: false,
};
const anthropic: ProviderTypeOption = {
  ...openai,
  type: 'anthropic',
  defaultBaseUrl: 'https://api.anthropic.com',
  suggestedSecretId: 'ANTHROPIC_API_KEY',
  supportsPassthrough: true,
};
const compatible: ProviderTypeOption = {
  ...openai,
  type: 'openai_compatible',
  defaultBaseUrl: null,
  credentialRequired: false,
  suggestedSecretId: 'UPSTREAM_API_KEY',
};
const context: FormContext = {
  types: [openai, anthropic, compatible],
  secrets: [],
  takenNames: ['taken'],
  environments: ['production', 'staging', 'development'],
};
const stored = (secretId: string, ...boundOrigins: string[]): FormContext => ({
  ...context,
  secrets: [{ secretId, lastFour: 'abcd', boundOrigins }],
});

function fill(changes: Partial<ProviderValues>[], against = context): ProviderValues {
  const start: ProviderValues = { ...EMPTY_VALUES, environments: against.environments };
  return changes.reduce<ProviderValues>((values, change) => edit(values, change, against), start);
}
const labels = (values: ProviderValues, against = context) => missingOf(values, against).map(({ label }) => label);

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
  it('suggests the secret id of that type, and again after a change of mind', () => {
    expect(fill([{ type: 'openai' }]).newSecretId).toBe('OPENAI_API_KEY');
    expect(fill([{ type: 'openai' }, { type: 'anthropic' }]).newSecretId).toBe('ANTHROPIC_API_KEY');
    expect(fill([{ type: 'openai' }, { newSecretId: 'MINE' }, { type: 'anthropic' }]).newSecretId).toBe('MINE');
  });

  it('starts with the stored secret of the suggested name, when there is one', () => {
    const values = fill([{ type: 'openai' }], stored('OPENAI_API_KEY'));
    expect(values).toMatchObject({ credential: 'existing', existingSecretId: 'OPENAI_API_KEY' });
  });

  it('starts without a key where none is needed', () => {
    expect(fill([{ type: 'openai_compatible' }]).credential).toBe('none');
  });

  it('drops passthrough, models and a pasted key that belonged to the other type', () => {
    const values = fill([
      { type: 'anthropic' },
      { secretValue: 'sk-ant-1' },
      { models: ['claude'] },
      { passthrough: true },
      { type: 'openai' },
    ]);
    expect(values).toMatchObject({ passthrough: false, secretValue: '', models: [], credential: 'new' });
  });
});

describe('what is missing', () => {
  it('is listed in the order of the form', () => {
    expect(labels(fill([]))).toEqual(['a display name', 'a name', 'a provider type']);
    expect(labels(fill([{ displayName: 'X' }, { type: 'openai' }]))).toEqual(['the upstream key']);
    expect(labels(fill([{ displayName: 'X' }, { type: 'openai_compatible' }]))).toEqual(['a base URL']);
    expect(labels(fill([{ displayName: 'X' }, { type: 'openai' }, { credential: 'existing' }]))).toEqual(['a secret']);
  });

  it('is a key unless passthrough is on', () => {
    expect(labels(fill([{ displayName: 'X' }, { type: 'anthropic' }, { passthrough: true }]))).toEqual([]);
    const off = fill([{ displayName: 'X' }, { type: 'anthropic' }, { passthrough: true }, { passthrough: false }]);
    expect(labels(off)).toEqual(['the upstream key']);
  });

  it('is an environment when none is chosen', () => {
    const values = fill([{ displayName: 'X' }, { type: 'openai_compatible' }, { baseUrl: 'http://a/v1' }]);
    expect(labels(values)).toEqual([]);
    expect(labels({ ...values, environments: [] })).toEqual(['an environment']);
  });

  it('is named beside the button before what is wrong', () => {
    const values = fill([{ displayName: 'X' }, { type: 'openai' }, { name: 'Bad' }]);
    const problems = problemsOf(values, context);
    expect(problems).toEqual({ name: 'Use lowercase letters only.' });
    expect(neededOf(missingOf(values, context), problems)).toEqual(['a valid name', 'the upstream key']);
    expect(neededOf(missingOf(values, context), problems, ['secretValue'])).toEqual(['the upstream key']);
    expect(neededOf([], {})).toEqual([]);
  });
});

describe('a stored secret', () => {
  const against = stored('OPENAI_API_KEY', 'https://api.openai.com');

  it('needs no confirmation for an origin it was typed in for', () => {
    const values = fill([{ displayName: 'X' }, { type: 'openai' }], against);
    expect(originToConfirm(values, against)).toBeNull();
    expect(labels(values, against)).toEqual([]);
  });

  it('must be pasted again before it may go to another origin', () => {
    const values = fill([{ displayName: 'X' }, { type: 'openai' }, { baseUrl: 'https://evil.example/v1' }], against);
    expect(originToConfirm(values, against)).toBe('https://evil.example');
    expect(labels(values, against)).toEqual(['the upstream key, once more']);
    const confirmed = edit(values, { secretValue: ' sk-1 ' }, against);
    expect(labels(confirmed, against)).toEqual([]);
    expect(createInput(confirmed, against)).toMatchObject({ secretId: 'OPENAI_API_KEY', secretValue: 'sk-1' });
  });

  it('that was never used takes the first origin', () => {
    const fresh = stored('OPENAI_API_KEY');
    expect(originToConfirm(fill([{ type: 'openai' }], fresh), fresh)).toBeNull();
  });
});

describe('what is sent', () => {
  it('holds the trimmed texts, and every environment as an empty list', () => {
    const values = fill([{ displayName: ' OpenAI ' }, { type: 'openai' }, { secretValue: 'sk-1\n' }]);
    expect(createInput(values, context)).toEqual({
      name: 'openai',
      displayName: 'OpenAI',
      type: 'openai',
      secretId: 'OPENAI_API_KEY',
      secretValue: 'sk-1',
      passthrough: false,
      models: [],
      environments: [],
    });
    expect(createInput({ ...values, environments: ['staging'] }, context).environments).toEqual(['staging']);
  });

  it('carries no credential with passthrough or an upstream without keys', () => {
    const values = fill([{ type: 'anthropic' }, { secretValue: 'sk-1' }, { passthrough: true }]);
    expect(draftInput(values)).toEqual({ type: 'anthropic', passthrough: true });
    const local = fill([{ type: 'openai_compatible' }, { baseUrl: ' http://localhost:11434/v1 ' }]);
    expect(draftInput(local)).toEqual({
      type: 'openai_compatible',
      baseUrl: 'http://localhost:11434/v1',
      passthrough: false,
    });
  });
});
