import type { CredentialKind, ProviderType } from '@weir/contracts';
import { expect, test } from 'vitest';
import { adviceOn } from './advice.js';
import type { Subject } from './explain.js';

const about = (type: ProviderType, kind: CredentialKind, input: Partial<Subject> = {}): Subject => ({
  ...{ type, kind, host: 'upstream.example', passthrough: false },
  ...{ model: 'anthropic.claude-opus-4-6-v1', region: 'eu-west-1', secretIds: ['THE_KEY'] },
  ...input,
});
const bedrock = about('bedrock', 'aws_static_keys');
const chain = about('bedrock', 'aws_assume_role', { secretIds: [] });
const azure = about('azure_openai', 'api_key', { model: 'my-gpt', region: null });
const entra = about('azure_openai', 'entra_client_secret', { model: 'my-gpt', region: null });
const google = about('google', 'api_key', { model: 'gemini-x', region: null });
const vertex = about('vertex', 'google_service_account', { model: 'gemini-x' });

/** Errors as the upstreams word them. */
test.each<[string, Subject, number, string | null, string, RegExp]>([
  [
    'an access key AWS does not know',
    bedrock,
    403,
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    /access key ID.*THE_KEY/,
  ],
  [
    'a secret access key of another key',
    bedrock,
    403,
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided.',
    /secret access key in THE_KEY belongs/,
  ],
  [
    'temporary keys whose session ended',
    bedrock,
    403,
    'ExpiredTokenException',
    'The security token included in the request is expired',
    /session of these keys has expired/,
  ],
  [
    'a role whose session ended',
    chain,
    403,
    'ExpiredTokenException',
    'The security token included in the request is expired',
    /Check the role or profile/,
  ],
  [
    'a region that is not the endpoint’s',
    bedrock,
    403,
    'InvalidSignatureException',
    "Credential should be scoped to a valid region, not 'eu-west-1'.",
    /signed for eu-west-1.*region and base URL belong together/,
  ],
  [
    'a bare id of a model that needs a profile',
    bedrock,
    400,
    'ValidationException',
    'Invocation of model ID anthropic.claude-opus-4-6-v1 with on-demand throughput isn’t supported. Retry with an inference profile.',
    /inference profile.*eu\.anthropic\.claude-opus-4-6-v1/,
  ],
  [
    'a model the region lacks',
    bedrock,
    400,
    'ValidationException',
    'The provided model identifier is invalid.',
    /no model anthropic\.claude-opus-4-6-v1 in eu-west-1/,
  ],
  [
    'a policy that does not allow it',
    bedrock,
    403,
    'AccessDeniedException',
    'User: arn:aws:iam::1:user/x is not authorized to perform: bedrock:InvokeModel',
    /policy allows bedrock:InvokeModel/,
  ],
  [
    'a policy that lists nothing',
    { ...bedrock, model: null },
    403,
    'AccessDeniedException',
    'User: arn:aws:iam::1:user/x is not authorized to perform: bedrock:ListFoundationModels',
    /let it list models.*choose a model/,
  ],
  [
    'a deployment that does not exist',
    azure,
    404,
    'DeploymentNotFound',
    'The API deployment for this resource does not exist.',
    /no deployment named my-gpt/,
  ],
  ['a path Azure does not have', azure, 404, '404', 'Resource not found', /API form and the API version/],
  [
    'a key of another Azure resource',
    azure,
    401,
    '401',
    'Access denied due to invalid subscription key',
    /very resource/,
  ],
  ['an application without the role', entra, 401, 'PermissionDenied', 'lacks the required data action', /OpenAI User/],
  [
    'a wrong Google key, which is a 400',
    google,
    400,
    'INVALID_ARGUMENT',
    'API key not valid. Please pass a valid API key.',
    /value of THE_KEY/,
  ],
  [
    'an API that is not switched on',
    google,
    403,
    'PERMISSION_DENIED',
    'Generative Language API has not been used in project 1 before or it is disabled.',
    /not switched on/,
  ],
  ['a Vertex project of others', vertex, 403, 'PERMISSION_DENIED', 'Permission denied', /Vertex AI User.*eu-west-1/],
  ['a Vertex model elsewhere', vertex, 404, 'NOT_FOUND', 'was not found', /gemini-x in eu-west-1/],
])('%s says what to check', (_, subject, status, code, error, expected) => {
  const sentence = adviceOn(status, { code, error }, subject);
  expect(sentence).toMatch(expected);
  expect(sentence).toContain(`(${status})`);
});

test.each([
  ['us-east-1', 'us.'],
  ['us-gov-west-1', 'us-gov.'],
  ['eu-north-1', 'eu.'],
  ['ap-northeast-1', 'apac.'],
  ['sa-east-1', 'global.'],
])('in %s the profile proposed is %s…', (region, prefix) => {
  const said = { code: 'ValidationException', error: 'on-demand throughput isn’t supported' };
  expect(adviceOn(400, said, { ...bedrock, region })).toContain(`${prefix}anthropic.claude-opus-4-6-v1`);
});

test('what is no upstream’s own is left to the status', () => {
  const openai = about('openai', 'api_key');
  for (const status of [400, 401, 403, 404, 429, 500]) {
    expect(adviceOn(status, { code: 'UnrecognizedClientException', error: 'API key not valid' }, openai)).toBeNull();
  }
});
