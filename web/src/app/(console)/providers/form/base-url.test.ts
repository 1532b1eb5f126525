import { describe, expect, it } from 'vitest';
import { baseUrlProblem, isUnencrypted, originOf, standardBaseUrl } from './base-url';
import { bedrock } from './fixtures';

describe('a base URL', () => {
  it.each([
    'https://api.openai.com/v1',
    'https://api.anthropic.com',
    ' https://gw.example.com:8443/a/b/ ',
    'http://localhost:11434/v1',
    'http://[::1]:8000/v1',
    '',
  ])('%j is accepted', (text) => {
    expect(baseUrlProblem(text)).toBeNull();
  });

  it.each([
    ['api.openai.com/v1', /Start with https/],
    ['localhost:8000/v1', /Start with https/],
    ['ftp://example.com', /Start with https/],
    ['javascript:alert(1)', /Start with https/],
    ['https://', /not a complete URL/],
    ['https://exa mple.com', /no spaces/],
    ['https://user:pw@example.com/v1', /user name and password/],
    ['https://example.com/v1?key=abc', /from the “\?” on/],
    ['https://example.com/v1?', /from the “\?” on/],
    ['https://example.com/v1#x', /from the “#” on/],
    ['https://api.openai.com/v1/chat/completions', /“\/chat\/completions”/],
    ['https://api.anthropic.com/v1/messages/', /“\/messages\/”/],
  ])('%j is refused with the reason', (text, reason) => {
    expect(baseUrlProblem(text)).toMatch(reason);
  });
});

it('the origin is what a secret is bound to', () => {
  expect(originOf('https://API.openai.com:443/v1')).toBe('https://api.openai.com');
  expect(originOf('http://localhost:8000/v1')).toBe('http://localhost:8000');
  expect(originOf('nonsense')).toBeNull();
  expect(originOf('mailto:a@b.c')).toBeNull();
});

it('plain http is told apart', () => {
  expect(isUnencrypted('HTTP://x')).toBe(true);
  expect(isUnencrypted('https://x')).toBe(false);
});

describe('the standard address', () => {
  const template = (baseUrlTemplate: string | null, defaultBaseUrl: string | null = null) => ({
    baseUrlTemplate,
    defaultBaseUrl,
    settings: bedrock.settings,
  });
  const regional = template('https://bedrock-runtime.{region}.amazonaws.com');

  it('has the settings put in, once they are there', () => {
    expect(standardBaseUrl(regional, {})).toBeNull();
    expect(standardBaseUrl(regional, { region: ' ' })).toBeNull();
    expect(standardBaseUrl(regional, { region: 'Frankfurt' })).toBeNull();
    expect(standardBaseUrl(regional, { region: ' us-east-1 ' })).toBe(
      'https://bedrock-runtime.us-east-1.amazonaws.com',
    );
  });

  it('is the default where nothing follows from settings, and null where one must be given', () => {
    expect(standardBaseUrl(template(null, 'https://a.example/v1'), { region: 'us-east-1' })).toBe(
      'https://a.example/v1',
    );
    expect(standardBaseUrl(template('https://{location}.a.example', 'https://a.example'), {})).toBe(
      'https://a.example',
    );
    expect(standardBaseUrl(template(null), {})).toBeNull();
  });

  it.each([
    ['europe-west4', 'https://europe-west4-aiplatform.googleapis.com'],
    ['global', 'https://aiplatform.googleapis.com'],
    ['eu', 'https://aiplatform.eu.rep.googleapis.com'],
  ])('of Google’s location %s is %s', (location, url) => {
    expect(standardBaseUrl(template('https://{location}-aiplatform.googleapis.com'), { location })).toBe(url);
  });

  it('of an AWS region stands in its partition', () => {
    expect(standardBaseUrl(regional, { region: 'cn-north-1' })).toBe(
      'https://bedrock-runtime.cn-north-1.amazonaws.com.cn',
    );
    expect(standardBaseUrl(regional, { region: 'us-gov-west-1' })).toBe(
      'https://bedrock-runtime.us-gov-west-1.amazonaws.com',
    );
  });
});
