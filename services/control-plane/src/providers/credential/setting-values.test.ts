import type { SettingField } from '@weir/providers';
import { describe, expect, test } from 'vitest';
import { parseSettings } from './setting-values.js';

const field = (input: Partial<SettingField>): SettingField => ({
  name: 'region',
  label: 'Region',
  required: false,
  placeholder: 'us-east-1',
  help: 'Where the endpoint is.',
  pattern: null,
  options: [],
  ...input,
});
const refusal = (fields: SettingField[], given: { name: string; value?: string | null }[]) => {
  try {
    return parseSettings(fields, given);
  } catch (error) {
    return error;
  }
};

describe('settings', () => {
  test('are trimmed; blank and null ones are absent', () => {
    const fields = [field({}), field({ name: 'project_id' }), field({ name: 'location' })];
    const given = [
      { name: 'region', value: ' us-east-1 ' },
      { name: 'project_id', value: '  ' },
      { name: 'location', value: null },
    ];
    expect(parseSettings(fields, given)).toEqual({ region: 'us-east-1' });
  });

  test('of one name count as given last', () => {
    const given = [
      { name: 'region', value: 'a' },
      { name: 'region', value: 'b' },
    ];
    expect(parseSettings([field({})], given)).toEqual({ region: 'b' });
  });

  test('that are required and missing are asked for, with where they are found', () => {
    for (const given of [[], [{ name: 'region', value: ' ' }]]) {
      expect(refusal([field({ required: true })], given)).toMatchObject({
        code: 'SETTING_REQUIRED',
        detail: { field: 'settings.region' },
        message: 'Enter the region. Where the endpoint is.',
      });
    }
  });

  test.each([
    ['us-east-1.evil.example', /[a-z]{2}-[a-z]+-\d/],
    ['us-east-1\nx', /us-east-1/],
    ['xus-east-1', /us-east-1|eu-west-1/],
    ['two\nlines', null],
    ['two\u2028lines', null],
    ['x'.repeat(2049), null],
  ])('%j does not pass for the whole value', (value, pattern) => {
    expect(refusal([field({ pattern })], [{ name: 'region', value }])).toMatchObject({
      code: 'SETTING_INVALID',
      detail: { field: 'settings.region' },
    });
  });

  test('with options alone take nothing else, with a pattern beside them what it lets through', () => {
    const options = ['v1', 'deployment'];
    const given = [{ name: 'api_form', value: 'v2' }];
    expect(refusal([field({ name: 'api_form', options })], given)).toMatchObject({
      code: 'SETTING_INVALID',
      message: expect.stringContaining('Choose from v1, deployment.'),
    });
    expect(parseSettings([field({ name: 'api_form', options, pattern: /v\d/ })], given)).toEqual({ api_form: 'v2' });
    const offered = [{ name: 'api_form', value: 'deployment' }];
    expect(parseSettings([field({ name: 'api_form', options, pattern: /v\d/ })], offered)).toEqual({
      api_form: 'deployment',
    });
  });

  test('that nobody asked for are refused by name', () => {
    expect(refusal([field({})], [{ name: 'role_arn', value: 'x' }])).toMatchObject({
      code: 'SETTING_UNKNOWN',
      detail: { field: 'settings.role_arn' },
      message: expect.stringContaining('Known are region'),
    });
  });
});
