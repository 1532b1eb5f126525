import { providerTypeOf } from '@weir/providers';
import { expect, it } from 'vitest';
import { inspect } from './inspect.js';

const dialect = providerTypeOf('google');

const modelsOf = (path: string, body: object, endpoint = dialect.endpointOf('POST', path)) =>
  inspect(dialect, { endpoint, callPath: path, body: Buffer.from(JSON.stringify(body)) }).models;

it('names a model as lists of allowed models do, however the request spells it', () => {
  expect(modelsOf('chat/completions', { model: 'models/gemini-2.5-flash' })).toEqual([
    'gemini-2.5-flash',
    'gemini-2.5-flash',
  ]);
  expect(modelsOf('v1beta/cachedContents', { model: 'models/gemini-2.5-pro' })).toContain('gemini-2.5-pro');
  expect(modelsOf('v1beta/cachedContents', { model: 'tunedModels/mine' })).toContain('tunedModels/mine');
});

it('takes the model that the path names, whatever the body says', () => {
  const path = 'v1beta/models/gemini-embedding-001:embedContent';
  expect(modelsOf(path, { model: 'models/gemini-2.5-pro', Model: 'x' })).toEqual(['gemini-embedding-001']);
});
