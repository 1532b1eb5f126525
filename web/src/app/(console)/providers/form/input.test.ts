import { describe, expect, it } from 'vitest';
import { context, fill, withSecret } from './fixtures';
import { createInput, draftInput } from './input';
import { edit, editSlot } from './values';

describe('what is sent', () => {
  it('holds the trimmed texts, and every environment as an empty list', () => {
    const named = fill([{ type: 'openai' }, { displayName: ' OpenAI ' }]);
    const values = editSlot(named, 'api_key', { secretValue: 'sk-1\n' }, context);
    expect(createInput(values, context)).toEqual({
      name: 'openai',
      displayName: 'OpenAI',
      type: 'openai',
      credentialKind: 'api_key',
      credentials: [{ slot: 'api_key', secretId: 'OPENAI_API_KEY', secretValue: 'sk-1' }],
      settings: [],
      passthrough: false,
      onClientClose: null,
      usageFallback: 'NONE',
      recordInputs: false,
      recordOutputs: false,
      models: [],
      environments: [],
    });
    expect(createInput({ ...values, environments: ['staging'] }, context).environments).toEqual(['staging']);
  });

  it('carries no credential with passthrough or an upstream without keys', () => {
    const pasted = editSlot(fill([{ type: 'anthropic' }]), 'api_key', { secretValue: 'sk-1' }, context);
    expect(draftInput(edit(pasted, { passthrough: true }, context), context)).toEqual({
      type: 'anthropic',
      credentials: [],
      settings: [],
      passthrough: true,
    });
    const local = fill([{ type: 'openai_compatible' }, { baseUrl: ' http://localhost:11434/v1 ' }]);
    expect(draftInput(local, context)).toMatchObject({
      baseUrl: 'http://localhost:11434/v1',
      credentialKind: 'none',
      credentials: [],
    });
  });

  it('carries the settings that are asked for and filled in, and of an optional secret nothing', () => {
    const start = fill([
      { type: 'bedrock' },
      { credentialKind: 'aws_static_keys' },
      { settings: { region: ' eu-central-1 ', role_arn: 'left from the other kind', external_id: '' } },
    ]);
    const filled = editSlot(
      editSlot(start, 'access_key_id', { secretValue: 'AKIA1' }, context),
      'secret_access_key',
      { secretValue: 'wJal' },
      context,
    );
    expect(draftInput(filled, context)).toMatchObject({
      settings: [{ name: 'region', value: 'eu-central-1' }],
      credentials: [
        { slot: 'access_key_id', secretId: 'AWS_ACCESS_KEY_ID', secretValue: 'AKIA1' },
        { slot: 'secret_access_key', secretId: 'AWS_SECRET_ACCESS_KEY', secretValue: 'wJal' },
      ],
    });
  });

  it('confirms a stored secret for a new origin with its value', () => {
    const against = withSecret('OPENAI_API_KEY', 'https://api.openai.com');
    const moved = fill([{ type: 'openai' }, { baseUrl: 'https://eu.example/v1' }], against);
    const confirmed = editSlot(moved, 'api_key', { secretValue: ' sk-1 ' }, against);
    expect(createInput(confirmed, against).credentials).toEqual([
      { slot: 'api_key', secretId: 'OPENAI_API_KEY', secretValue: 'sk-1' },
    ]);
  });
});
