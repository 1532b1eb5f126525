import { describe, expect, it } from 'vitest';
import { bedrock } from '../index.js';
import { adviseOn, familyOf } from './advice.js';
import { geographiesOf } from './geographies.js';
import { modelReference } from './model-reference.js';

const SONNET = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const account = 'arn:aws:bedrock:eu-west-1:123456789012';

describe('a model field', () => {
  it.each([
    [SONNET, 'model', SONNET, null, null],
    [`us.${SONNET}`, 'system_profile', SONNET, 'us', null],
    [
      'us-gov.anthropic.claude-3-haiku-20240307-v1:0',
      'system_profile',
      'anthropic.claude-3-haiku-20240307-v1:0',
      'us-gov',
      null,
    ],
    [`${account}:inference-profile/eu.${SONNET}`, 'system_profile', SONNET, 'eu', 'eu-west-1'],
    [
      'arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0',
      'model',
      'amazon.titan-embed-text-v2:0',
      null,
      'eu-west-1',
    ],
    [`${account}:application-inference-profile/a1b2c3`, 'application_profile', null, null, 'eu-west-1'],
    [`${account}:provisioned-model/a1b2c3`, 'other', null, null, 'eu-west-1'],
    ['arn:nonsense', 'other', null, null, null],
    ['', 'model', '', null, null],
  ])('%s is a %s', (text, kind, model, geography, region) => {
    expect(modelReference(text)).toEqual({ kind, model, geography, region });
  });
});

describe('a region', () => {
  it.each([
    ['us-east-1', ['us', 'global']],
    ['us-gov-west-1', ['us-gov']],
    ['ap-northeast-1', ['jp', 'apac', 'global']],
    ['ap-southeast-2', ['au', 'apac', 'global']],
    ['ap-southeast-1', ['apac', 'global']],
    ['sa-east-1', ['global']],
    ['cn-north-1', []],
    ['', []],
  ])('%s can call %s', (region, geographies) => {
    expect(geographiesOf(region)).toEqual(geographies);
  });

  it('of every one offered has a geography', () => {
    const regions = bedrock.settings[0]?.options ?? [];
    expect(regions.length).toBeGreaterThan(25);
    expect(regions.filter((region) => geographiesOf(region).length === 0)).toEqual([]);
  });
});

describe('advice', () => {
  it.each([
    [
      'anthropic.claude-sonnet-4-6',
      'us-east-1',
      'profile_needed',
      ['us.anthropic.claude-sonnet-4-6', 'global.anthropic.claude-sonnet-4-6'],
    ],
    [
      'anthropic.claude-opus-4-6-v1',
      'eu-west-1',
      'profile_needed',
      ['eu.anthropic.claude-opus-4-6-v1', 'global.anthropic.claude-opus-4-6-v1'],
    ],
    [SONNET, 'ap-northeast-1', 'profile_needed', [`jp.${SONNET}`, `global.${SONNET}`]],
    [
      'anthropic.claude-next-7',
      'us-east-1',
      'profile_needed',
      ['us.anthropic.claude-next-7', 'global.anthropic.claude-next-7'],
    ],
    ['meta.llama4-scout-17b-instruct-v1:0', 'eu-west-1', 'profile_needed', []],
    ['amazon.nova-lite-v1:0', 'us-west-2', 'profile_may_be_needed', ['us.amazon.nova-lite-v1:0']],
    ['anthropic.claude-3-haiku-20240307-v1:0', 'us-east-1', 'ok', []],
    ['amazon.titan-embed-text-v2:0', 'us-east-1', 'ok', []],
    [`us.${SONNET}`, 'us-east-1', 'ok', []],
    [`global.${SONNET}`, 'sa-east-1', 'ok', []],
    [`us.${SONNET}`, 'eu-west-1', 'wrong_region', [`eu.${SONNET}`, `global.${SONNET}`]],
    [`${account}:inference-profile/eu.${SONNET}`, 'us-east-1', 'wrong_region', [`us.${SONNET}`, `global.${SONNET}`]],
    [`${account}:application-inference-profile/a1`, 'eu-west-1', 'ok', []],
    [`${account}:application-inference-profile/a1`, 'us-east-1', 'wrong_region', []],
    ['acme.model-1', 'us-east-1', 'unknown', []],
    ['acme.model-1', 'xx', 'unknown', []],
  ])('%s in %s: %s', (text, region, finding, suggestions) => {
    const advice = adviseOn(text, region);
    expect([advice.finding, advice.suggestions]).toEqual([finding, suggestions]);
    // Whoever is told that something is wrong is told what.
    expect(advice.message === null).toBe(finding === 'ok' || finding === 'unknown');
  });

  it('names the family whatever the spelling', () => {
    expect(familyOf(`${account}:inference-profile/eu.${SONNET}`)).toBe('Claude Sonnet');
    expect(familyOf('us.amazon.nova-pro-v1:0')).toBe('Amazon Nova');
    expect(familyOf('openai.gpt-oss-20b-1:0')).toBe('GPT-OSS');
    expect(familyOf(`${account}:application-inference-profile/a1`)).toBe(null);
    expect(familyOf('acme.model-1')).toBe(null);
  });
});
