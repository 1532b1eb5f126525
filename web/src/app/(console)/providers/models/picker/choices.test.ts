import { describe, expect, it } from 'vitest';
import { type PickerRow, type PublishedModel, profileFixes, type Question, replaced, rowsOf, toggled } from './choices';

const model = (id: string, more: Partial<PublishedModel> = {}): PublishedModel => ({
  ...{ id, displayName: null, family: null, contextTokens: null, capabilities: [] },
  ...{ inputUsdPerMillion: null, outputUsdPerMillion: null, needsInferenceProfile: false, profiles: [] },
  ...more,
});
const OPENAI = [
  model('gpt-5', { displayName: 'GPT-5', capabilities: ['vision', 'tools'] }),
  model('o4-mini', { capabilities: ['tools'] }),
];
const BEDROCK = [
  model('meta.llama', { family: 'Llama' }),
  model('anthropic.claude', {
    family: 'Claude',
    needsInferenceProfile: true,
    profiles: ['eu.anthropic.claude', 'global.anthropic.claude', 'us.anthropic.claude'],
  }),
];
const ask = (more: Partial<Question>): PickerRow[] =>
  rowsOf({ models: OPENAI, chosen: [], discovered: null, view: 'all', search: '', capabilities: [], ...more });
const ids = (rows: readonly PickerRow[]) => rows.map((row) => (row.kind === 'heading' ? `# ${row.label}` : row.id));

describe('what the picker lists', () => {
  it('finds models by id and by name, and those that can do all that is asked', () => {
    expect(ids(ask({}))).toEqual(['gpt-5', 'o4-mini']);
    expect(ids(ask({ search: 'GPT' }))[0]).toBe('GPT');
    expect(ids(ask({ search: 'GPT' }))[1]).toBe('gpt-5');
    expect(ids(ask({ capabilities: ['tools'] }))).toEqual(['gpt-5', 'o4-mini']);
    expect(ids(ask({ capabilities: ['tools', 'vision'] }))).toEqual(['gpt-5']);
  });

  it('offers what was typed as it is, but not a spelling that is listed or cannot be an id', () => {
    expect(ask({ search: 'ft:gpt-5:acme' })).toEqual([
      { kind: 'model', id: 'ft:gpt-5:acme', model: null, isProfile: false, isTyped: true },
    ]);
    expect(ids(ask({ search: 'gpt-5' }))).toEqual(['gpt-5']);
    expect(ids(ask({ search: 'two words' }))).toEqual([]);
  });

  it('puts the spelling that was typed first, then what begins with it', () => {
    const models = ['ft:gpt-4o-mini', 'gpt-4o-mini-tts', 'gpt-4o-mini'].map((id) => model(id));
    expect(ids(ask({ models, search: 'gpt-4o-mini' }))).toEqual(['gpt-4o-mini', 'gpt-4o-mini-tts', 'ft:gpt-4o-mini']);
  });

  it('keeps what was chosen although nobody publishes it', () => {
    expect(ids(ask({ chosen: ['mine', 'gpt-5'] }))).toEqual(['mine', 'gpt-5', 'o4-mini']);
    expect(ids(ask({ chosen: ['mine', 'gpt-5'], view: 'chosen' }))).toEqual(['mine', 'gpt-5']);
  });

  it('lists what the upstream itself offers, priced where the catalog knows it', () => {
    const rows = ask({ discovered: ['o4-mini', 'house-model'], view: 'discovered' });
    expect(rows.map((row) => row.kind === 'model' && row.model?.id)).toEqual(['o4-mini', undefined]);
  });

  it('groups Bedrock by family, with the inference profiles under their model', () => {
    expect(ids(ask({ models: BEDROCK }))).toEqual([
      ...['# Claude', 'anthropic.claude', 'eu.anthropic.claude', 'global.anthropic.claude', 'us.anthropic.claude'],
      ...['# Llama', 'meta.llama'],
    ]);
    expect(ids(ask({ models: BEDROCK, search: 'eu.anth' }))).toEqual(['eu.anth', '# Claude', 'eu.anthropic.claude']);
  });
});

describe('a bare id that needs an inference profile', () => {
  it.each([
    ['eu-west-1', 'eu.anthropic.claude'],
    ['us-east-1', 'us.anthropic.claude'],
    ['ap-south-1', 'global.anthropic.claude'],
    [null, 'global.anthropic.claude'],
  ])('from %s is best replaced by %s', (region, best) => {
    expect(profileFixes(['meta.llama', 'anthropic.claude'], BEDROCK, region)).toMatchObject([
      { id: 'anthropic.claude', profiles: [best, expect.any(String), expect.any(String)] },
    ]);
  });

  it('leaves its place in the list to the profile', () => {
    expect(replaced(['a', 'b', 'c'], 'b', 'x')).toEqual(['a', 'x', 'c']);
    expect(replaced(['a', 'b', 'x'], 'b', 'x')).toEqual(['a', 'x']);
  });
});

it('a click chooses, the next one takes back', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
});
