import { describe, expect, it } from 'vitest';
import { changesBetween, rebase, type StoredProvider, updateInput, valuesOf } from './revision';
import { edit, type FormContext } from './values';

const stored: StoredProvider = {
  name: 'openai',
  displayName: 'OpenAI',
  type: 'openai',
  enabled: true,
  baseUrl: 'https://api.openai.com/v1',
  secret: { secretId: 'OPENAI_API_KEY' },
  passthrough: false,
  models: ['a', 'b'],
  environments: [],
  revision: 7,
};
const context: FormContext = {
  types: [
    {
      type: 'openai',
      label: 'OpenAI',
      summary: '',
      defaultBaseUrl: 'https://api.openai.com/v1',
      credentialRequired: true,
      suggestedSecretId: 'OPENAI_API_KEY',
      supportsPassthrough: false,
    },
  ],
  secrets: [{ secretId: 'OPENAI_API_KEY', lastFour: 'abcd', boundOrigins: ['https://api.openai.com'] }],
  takenNames: [],
  environments: ['production', 'staging'],
};
const start = valuesOf(stored, context);

describe('an update', () => {
  it('is nothing while nothing was changed', () => {
    expect(updateInput(start, stored, context)).toBeNull();
    expect(updateInput({ ...start, displayName: 'OpenAI ', models: ['b', 'a'] }, stored, context)).toBeNull();
  });

  it('holds what was changed, and the revision it was changed in', () => {
    expect(updateInput(edit(start, { displayName: 'New' }, context), stored, context)).toEqual({
      name: 'openai',
      revision: 7,
      displayName: 'New',
    });
    expect(updateInput({ ...start, environments: ['staging'] }, stored, context)).toMatchObject({
      environments: ['staging'],
    });
    expect(updateInput({ ...start, models: [] }, stored, context)).toMatchObject({ models: [] });
  });

  it('never renames: the display name no longer decides the name', () => {
    expect(edit(start, { displayName: 'Something else' }, context).name).toBe('openai');
  });

  it('takes the credential away, swaps it, or confirms it for a new origin', () => {
    expect(updateInput({ ...start, credential: 'none' }, stored, context)).toMatchObject({ secretId: null });
    const swapped = { ...start, credential: 'new' as const, newSecretId: 'OTHER', secretValue: 'sk-2' };
    expect(updateInput(swapped, stored, context)).toMatchObject({ secretId: 'OTHER', secretValue: 'sk-2' });
    const moved = { ...start, baseUrl: 'https://eu.example/v1', secretValue: 'sk-1' };
    expect(updateInput(moved, stored, context)).toEqual({
      name: 'openai',
      revision: 7,
      baseUrl: 'https://eu.example/v1',
      secretId: 'OPENAI_API_KEY',
      secretValue: 'sk-1',
    });
  });
});

it('a conflict shows what somebody else changed', () => {
  expect(
    changesBetween(stored, { ...stored, enabled: false, models: [], secret: null, environments: ['staging'] }),
  ).toEqual([
    { label: 'Status', before: 'enabled', after: 'disabled' },
    { label: 'Secret', before: 'OPENAI_API_KEY', after: 'none' },
    { label: 'Models', before: 'a, b', after: 'all upstream models' },
    { label: 'Environments', before: 'all', after: 'staging' },
  ]);
  expect(changesBetween(stored, { ...stored, revision: 9 })).toEqual([]);
});

it('my edits go on top of theirs: only what I touched stays mine', () => {
  const mine = { ...start, displayName: 'Mine', models: ['x'] };
  const theirs = { ...stored, displayName: 'Theirs', baseUrl: 'https://eu.example/v1', revision: 8 };
  const merged = rebase(mine, stored, theirs, context);
  expect(merged).toMatchObject({ displayName: 'Mine', models: ['x'], baseUrl: 'https://eu.example/v1' });
  expect(updateInput(merged, theirs, context)).toEqual({
    name: 'openai',
    revision: 8,
    displayName: 'Mine',
    models: ['x'],
  });
});
