import { describe, expect, it } from 'vitest';
import { context as base, withSecret } from './fixtures';
import { changesBetween, rebase, type StoredProvider, updateInput, valuesOf } from './revision';
import { slotOf } from './slots';
import { edit, editSlot, type FormContext } from './values';

const context: FormContext = {
  ...withSecret('OPENAI_API_KEY', 'https://api.openai.com'),
  environments: ['production', 'staging'],
};
const stored: StoredProvider = {
  name: 'openai',
  displayName: 'OpenAI',
  type: 'openai',
  enabled: true,
  baseUrl: 'https://api.openai.com/v1',
  credentialKind: 'api_key',
  credentials: [{ slot: 'api_key', secret: { secretId: 'OPENAI_API_KEY' } }],
  settings: [],
  passthrough: false,
  models: ['a', 'b'],
  environments: [],
  onClientClose: null,
  drainSeconds: 30,
  usageFallback: 'ESTIMATED',
  recordInputs: true,
  recordOutputs: false,
  recording: {
    retentionDays: 30,
    maxBodyBytes: 5_242_880,
    samplePer10k: 10_000,
    redactDetectors: ['email'],
    redactPatterns: [{ name: 'customer', pattern: 'C-[0-9]+' }],
  },
  revision: 7,
};
const bedrock: StoredProvider = {
  ...stored,
  name: 'bedrock',
  type: 'bedrock',
  baseUrl: 'https://bedrock-runtime.us-east-1.amazonaws.com',
  credentialKind: 'aws_assume_role',
  credentials: [],
  settings: [
    { name: 'region', value: 'us-east-1' },
    { name: 'role_arn', value: 'arn:aws:iam::1:role/a' },
    { name: 'external_id', value: 'x' },
  ],
};
const start = valuesOf(stored, context);

describe('an update', () => {
  it('is nothing while nothing was changed', () => {
    expect(updateInput(start, stored, context)).toBeNull();
    expect(updateInput({ ...start, displayName: 'OpenAI ', models: ['b', 'a'] }, stored, context)).toBeNull();
    expect(updateInput(valuesOf(bedrock, base), bedrock, base)).toBeNull();
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
    const drained = { ...start, onClientClose: 'DRAIN' as const, drainSeconds: ' 90 ' };
    expect(updateInput(drained, stored, context)).toEqual({
      name: 'openai',
      revision: 7,
      onClientClose: 'DRAIN',
      drainSeconds: 90,
    });
    expect(updateInput({ ...start, usageFallback: 'NONE' }, stored, context)).toEqual({
      name: 'openai',
      revision: 7,
      usageFallback: 'NONE',
    });
  });

  it('never renames: the display name no longer decides the name', () => {
    expect(edit(start, { displayName: 'Something else' }, context).name).toBe('openai');
  });

  it('swaps one secret, types in another, or confirms it for a new origin', () => {
    const typed = editSlot(start, 'api_key', { mode: 'new' }, context);
    const swapped = editSlot(typed, 'api_key', { newSecretId: 'OTHER', secretValue: 'sk-2' }, context);
    expect(updateInput(swapped, stored, context)).toEqual({
      name: 'openai',
      revision: 7,
      credentials: [{ slot: 'api_key', secretId: 'OTHER', secretValue: 'sk-2' }],
    });
    const moved = editSlot({ ...start, baseUrl: 'https://eu.example/v1' }, 'api_key', { secretValue: 'sk-1' }, context);
    expect(updateInput(moved, stored, context)).toEqual({
      name: 'openai',
      revision: 7,
      baseUrl: 'https://eu.example/v1',
      credentials: [{ slot: 'api_key', secretId: 'OPENAI_API_KEY', secretValue: 'sk-1' }],
    });
  });

  it('leaves a standard address to follow its region, one of its own alone, and asks for the standard one back', () => {
    const values = valuesOf(bedrock, base);
    expect(values.baseUrl).toBe('');
    const settings = { ...values.settings, region: 'eu-west-1', external_id: '' };
    expect(updateInput({ ...values, settings }, bedrock, base)).toEqual({
      name: 'bedrock',
      revision: 7,
      settings: [
        { name: 'region', value: 'eu-west-1' },
        { name: 'role_arn', value: 'arn:aws:iam::1:role/a' },
        { name: 'external_id', value: null },
      ],
    });
    const own = { ...bedrock, baseUrl: 'https://vpce.example' };
    expect(updateInput({ ...valuesOf(own, base), settings }, own, base)).not.toHaveProperty('baseUrl');
    expect(updateInput({ ...valuesOf(own, base), baseUrl: '' }, own, base)).toEqual({
      name: 'bedrock',
      revision: 7,
      baseUrl: '',
    });
  });

  it('to another kind of credential carries the whole of it', () => {
    const keys = edit(valuesOf(bedrock, base), { credentialKind: 'aws_static_keys' }, base);
    const first = editSlot(keys, 'access_key_id', { secretValue: 'AKIA1' }, base);
    expect(updateInput(first, bedrock, base)).toMatchObject({
      credentialKind: 'aws_static_keys',
      credentials: [
        { slot: 'access_key_id', secretId: 'AWS_ACCESS_KEY_ID', secretValue: 'AKIA1' },
        { slot: 'secret_access_key', secretId: 'AWS_SECRET_ACCESS_KEY' },
        { slot: 'session_token', secretId: null },
      ],
      settings: [{ name: 'region', value: 'us-east-1' }],
    });
  });
});

describe('a stored provider', () => {
  it('whose secret the person may not read keeps its slot', () => {
    const hidden = valuesOf({ ...stored, credentials: [{ slot: 'api_key', secret: null }] }, context);
    expect(slotOf(hidden, 'api_key')).toMatchObject({ mode: 'existing', existingSecretId: '' });
  });
});

it('a conflict shows what somebody else changed', () => {
  expect(
    changesBetween(
      stored,
      { ...stored, enabled: false, models: [], credentials: [], environments: ['staging'] },
      context,
    ),
  ).toEqual([
    { label: 'Status', before: 'enabled', after: 'disabled' },
    { label: 'Secrets', before: 'OPENAI_API_KEY', after: 'none' },
    { label: 'Models', before: 'a, b', after: 'all upstream models' },
    { label: 'Environments', before: 'all', after: 'staging' },
  ]);
  expect(changesBetween(stored, { ...stored, revision: 9 }, context)).toEqual([]);
  expect(
    changesBetween(stored, { ...stored, onClientClose: 'DRAIN', drainSeconds: 60, usageFallback: 'NONE' }, context),
  ).toEqual([
    {
      label: 'When an app hangs up',
      before: 'cancel: the upstream request is broken off at once',
      after: 'drain: the answer is read on for at most 60 seconds',
    },
    { label: 'When usage is missing', before: 'estimated, and marked as such', after: 'left unknown' },
  ]);
  const moved = { ...bedrock, settings: [{ name: 'region', value: 'eu-west-1' }] };
  expect(changesBetween(bedrock, moved, base)).toEqual([
    { label: 'Region', before: 'us-east-1', after: 'eu-west-1' },
    { label: 'Role ARN', before: 'arn:aws:iam::1:role/a', after: 'none' },
    { label: 'External ID', before: 'x', after: 'none' },
  ]);
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
