import { REFUSALS, type RefusalCode } from '@weir/contracts';
import { describe, expect, it } from 'vitest';
import { bedrock } from './index.js';

const PROFILE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const PROFILE_ARN = `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${PROFILE}`;
const APPLICATION_ARN = 'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/a1b2c3d4e5f6';
const encodedId = (id: string) => `model/${encodeURIComponent(id)}`;

describe('calls', () => {
  it.each([
    [`${encodedId(PROFILE)}/invoke`, 'invoke', PROFILE, false],
    [`${encodedId(PROFILE)}/invoke-with-response-stream`, 'invoke_stream', PROFILE, true],
    [`model/${PROFILE}/converse`, 'converse', PROFILE, false],
    [`${encodedId(PROFILE_ARN)}/converse-stream`, 'converse_stream', PROFILE_ARN, true],
    [`model/${PROFILE_ARN}/converse-stream`, 'converse_stream', PROFILE_ARN, true],
    [`${encodedId(APPLICATION_ARN)}/converse`, 'converse', APPLICATION_ARN, false],
    [
      `${encodedId('global.anthropic.claude-opus-4-6-v1')}/count-tokens`,
      'count_tokens',
      'global.anthropic.claude-opus-4-6-v1',
      false,
    ],
    ['model/us-gov.anthropic.claude-3-7/invoke', 'invoke', 'us-gov.anthropic.claude-3-7', false],
    ['MODEL//amazon.Nova-Pro-v1%3A0/Conver%73e/?x=1', 'converse', 'amazon.Nova-Pro-v1:0', false],
  ])('POST %s is %s of %s', (path, endpoint, model, stream) => {
    expect(bedrock.endpointOf('POST', path)).toBe(endpoint);
    expect(bedrock.requestFacts(endpoint, path, { messages: [] })).toEqual({
      model,
      isModelInPath: true,
      stream,
      user: null,
      conversation: null,
    });
  });

  it.each([
    ['POST', 'openai/v1/chat/completions', 'chat.completions'],
    ['POST', 'v1/chat/completions', 'chat.completions'],
    ['POST', 'openai/v1/responses', 'responses'],
    ['POST', 'anthropic/v1/messages', 'messages'],
    ['POST', 'guardrail/g-1/version/DRAFT/apply', 'opaque'],
    ['POST', 'async-invoke', 'opaque'],
    ['GET', 'async-invoke?maxResults=1', 'opaque'],
    ['POST', 'model/x/invoke-with-bidirectional-stream', 'opaque'],
    ['POST', 'model/x/chat/completions', 'opaque'],
    ['POST', 'model/%zz/invoke', 'opaque'],
    ['GET', 'model/x/invoke', 'opaque'],
    ['GET', 'foundation-models', 'models'],
    ['GET', 'foundation-models/anthropic.claude-v2%3A1', 'models'],
    ['GET', 'inference-profiles?type=SYSTEM_DEFINED', 'models'],
    ['GET', 'openai/v1/models', 'models'],
  ])('%s %s is %s', (method, path, endpoint) => {
    expect(bedrock.endpointOf(method, path)).toBe(endpoint);
  });

  it.each([
    ['', `${encodedId(PROFILE_ARN)}/invoke`, `/${encodedId(PROFILE_ARN)}/invoke`],
    ['/', 'model/a.b%3A0/converse?x=%2F', '/model/a.b%3A0/converse?x=%2F'],
    ['/team/bedrock', 'model/a:0/converse', '/team/bedrock/model/a:0/converse'],
    ['', 'openai/v1/chat/completions', '/openai/v1/chat/completions'],
    ['', 'v1/chat/completions', '/openai/v1/chat/completions'],
    ['', 'responses?x=1', '/openai/v1/responses?x=1'],
    ['/openai/v1', 'v1/chat/completions', '/openai/v1/chat/completions'],
    ['/v1', 'v1/chat/completions', '/v1/chat/completions'],
    ['', 'v1/responses/resp_1', '/openai/v1/responses/resp_1'],
    ['', 'model/v1/chat/completions', '/model/v1/chat/completions'],
  ])('%s + %s goes to %s', (base, call, path) => {
    expect(bedrock.upstreamPath(base, call)).toBe(path);
  });

  it.each([
    [PROFILE, PROFILE],
    [PROFILE_ARN, PROFILE],
    ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0'],
    [APPLICATION_ARN, APPLICATION_ARN],
    [
      'arn:aws:bedrock:us-east-1:123456789012:provisioned-model/x',
      'arn:aws:bedrock:us-east-1:123456789012:provisioned-model/x',
    ],
  ])('a list of models that names %s means %s', (text, id) => {
    expect(bedrock.modelId?.(text)).toBe(id);
  });

  it('a model is read from where each call names it', () => {
    const facts = (endpoint: string, path: string, body: unknown) => bedrock.requestFacts(endpoint, path, body).model;
    expect(facts('chat.completions', 'openai/v1/chat/completions', { model: 'us.openai.gpt-oss' })).toBe(
      'us.openai.gpt-oss',
    );
    expect(facts('opaque', 'async-invoke', { modelId: 'amazon.nova-reel-v1:0' })).toBe('amazon.nova-reel-v1:0');
    // The path decides; a body cannot smuggle another model past it.
    expect(facts('invoke', 'model/a/invoke', { model: 'b' })).toBe('a');
    expect(facts('invoke', 'model/a/invoke', undefined)).toBe('a');
  });

  it('an Anthropic body names the person and session as it does at Anthropic', () => {
    const body = {
      metadata: {
        user_id: `user_${'ab'.repeat(32)}_account_acc-1_session_ses-1`
          .replaceAll('acc-1', '11')
          .replaceAll('ses-1', '22'),
      },
    };
    expect(bedrock.requestFacts('invoke_stream', 'model/a/invoke-with-response-stream', body)).toMatchObject({
      user: '11',
      conversation: '22',
    });
  });
});

describe('refusals', () => {
  it.each(Object.keys(REFUSALS) as RefusalCode[])('%s names an exception the SDK knows, in header and body', (code) => {
    const body = JSON.parse(bedrock.refusal(code, 'why', 'req-1')) as Record<string, string>;
    const [name, exception] = bedrock.refusalHeaders?.(code) ?? [];
    expect([name, exception]).toEqual(['x-amzn-errortype', body.__type]);
    expect(exception).toMatch(
      /^(AccessDenied|ResourceNotFound|Validation|Throttling|ServiceQuotaExceeded|InternalServer|ServiceUnavailable|ModelTimeout)Exception$/,
    );
    expect(body).toMatchObject({ message: 'why', error: { message: 'why', code, request_id: 'req-1' } });
    // The SDK takes a member of this name for the exception's.
    expect(body).not.toHaveProperty('code');
  });
});

describe('settings', () => {
  it.each([
    ['us-east-1', 'https://bedrock-runtime.us-east-1.amazonaws.com'],
    ['us-gov-west-1', 'https://bedrock-runtime.us-gov-west-1.amazonaws.com'],
    ['cn-north-1', 'https://bedrock-runtime.cn-north-1.amazonaws.com.cn'],
    ['eusc-de-east-1', 'https://bedrock-runtime.eusc-de-east-1.amazonaws.eu'],
    ['evil.example/x', null],
    ['', null],
  ])('region %s has the base URL %s', (region, url) => {
    expect(bedrock.baseUrlFor({ region })).toBe(url);
  });

  it('every region offered matches the pattern', () => {
    const field = bedrock.settings.find(({ name }) => name === 'region');
    expect(field?.options.filter((region) => !field.pattern?.test(region))).toEqual([]);
    expect(field?.options).toEqual([...new Set(field?.options)]);
    expect(bedrock.baseUrlFor({})).toBe(null);
  });

  it.each([
    ['role_arn', 'arn:aws:iam::123456789012:role/bedrock', true],
    ['role_arn', 'arn:aws-us-gov:iam::123456789012:role/team/a/bedrock', true],
    ['role_arn', 'arn:aws:iam::1234:role/bedrock', false],
    ['role_arn', 'arn:aws:iam::123456789012:user/bedrock', false],
    ['role_arn', 'arn:aws:iam::123456789012:role/', false],
    ['external_id', 'a:b/c=d', true],
    ['external_id', 'a', false],
    ['external_id', 'with space', false],
    ['session_name', 'weir', true],
    ['session_name', 'x'.repeat(65), false],
  ])('%s %s is taken: %s', (name, value, isTaken) => {
    const form = bedrock.credentialForms.find(({ kind }) => kind === 'aws_assume_role');
    expect(form?.settings.find((field) => field.name === name)?.pattern?.test(value)).toBe(isTaken);
  });

  it('the default chain is what a new provider gets, and stores no secret', () => {
    expect(bedrock.credentialForms.map(({ kind }) => kind)).toEqual([
      'aws_default_chain',
      'aws_static_keys',
      'aws_assume_role',
      'api_key',
    ]);
    expect(bedrock.credentialForms[0]?.secrets).toEqual([]);
  });
});

describe('model lists', () => {
  it('stand at the control plane of the same region, or at a base URL of one’s own', () => {
    const at = (url: string) => bedrock.modelListBaseUrl?.(url);
    expect(at('https://bedrock-runtime.eu-west-1.amazonaws.com')).toBe('https://bedrock.eu-west-1.amazonaws.com');
    expect(at('https://bedrock-runtime.cn-north-1.amazonaws.com.cn/')).toBe(
      'https://bedrock.cn-north-1.amazonaws.com.cn',
    );
    expect(at('https://bedrock-runtime-fips.us-east-1.amazonaws.com')).toBe(
      'https://bedrock-fips.us-east-1.amazonaws.com',
    );
    for (const own of [
      'http://127.0.0.1:9090',
      'https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com',
      'https://bedrock-runtime.us-east-1.amazonaws.com.evil.example',
    ]) {
      expect(at(own)).toBe(own);
    }
  });

  it('name what can be called: bare ids served on demand, profiles, application profiles by ARN', () => {
    const models = {
      modelSummaries: [
        { modelId: 'amazon.titan-embed-text-v2:0', inferenceTypesSupported: ['ON_DEMAND'] },
        { modelId: 'anthropic.claude-sonnet-4-6', inferenceTypesSupported: ['INFERENCE_PROFILE'] },
        { modelId: 'amazon.nova-pro-v1:0:300k', inferenceTypesSupported: ['PROVISIONED'] },
        { modelId: 'x.y' },
        { modelId: 7 },
        null,
      ],
    };
    expect(bedrock.parseModelList(JSON.stringify(models))).toEqual(['amazon.titan-embed-text-v2:0', 'x.y']);
    const profiles = {
      inferenceProfileSummaries: [
        { inferenceProfileId: PROFILE, inferenceProfileArn: PROFILE_ARN, type: 'SYSTEM_DEFINED' },
        { inferenceProfileId: 'a1b2c3d4e5f6', inferenceProfileArn: APPLICATION_ARN, type: 'APPLICATION' },
      ],
    };
    expect(bedrock.parseModelList(JSON.stringify(profiles))).toEqual([PROFILE, APPLICATION_ARN]);
  });

  it('a probe converses one token with a model, embeds with an embedding model', () => {
    const chat = bedrock.probe(PROFILE);
    expect([chat.path, JSON.parse(chat.body ?? '')]).toMatchObject([
      'model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse',
      { inferenceConfig: { maxTokens: 1 } },
    ]);
    expect(bedrock.probe('amazon.titan-embed-text-v2:0').body).toBe('{"inputText":"ping"}');
    expect(bedrock.probe('us.cohere.embed-v4:0').body).toContain('"texts"');
    for (const list of [bedrock.probe(null), ...(bedrock.furtherModelLists ?? [])]) {
      expect(bedrock.endpointOf(list.method, list.path)).toBe('models');
    }
  });
});
