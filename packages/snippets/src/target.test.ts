import { expect, it } from 'vitest';
import { sdkBaseUrl } from './target.js';
import { exportToken } from './token.js';

const proxyUrl = 'http://localhost:8080/llm/v1/providers/main';

it('the base URL of an SDK ends in the version where the SDK does not add it', () => {
  expect(sdkBaseUrl({ type: 'openai', proxyUrl })).toBe(`${proxyUrl}/v1`);
  expect(sdkBaseUrl({ type: 'openai_compatible', proxyUrl: `${proxyUrl}/` })).toBe(`${proxyUrl}/v1`);
  expect(sdkBaseUrl({ type: 'anthropic', proxyUrl })).toBe(proxyUrl);
  expect(sdkBaseUrl({ type: 'bedrock', proxyUrl })).toBe(proxyUrl);
  expect(sdkBaseUrl({ type: 'perplexity', proxyUrl })).toBe(proxyUrl);
});

it('Azure is called by deployment where its provider keeps to a dated version, else through its v1 API', () => {
  const azure = { type: 'azure_openai', proxyUrl };
  expect(sdkBaseUrl(azure)).toBe(`${proxyUrl}/openai/v1`);
  expect(sdkBaseUrl({ ...azure, settings: { api_version: '2024-10-21' } })).toBe(proxyUrl);
});

it('the line with the token is one shell word', () => {
  expect(exportToken('weir_abc')).toBe("export WEIR_TOKEN='weir_abc'");
  expect(exportToken("a'b")).toBe(`export WEIR_TOKEN='a'\\''b'`);
});
