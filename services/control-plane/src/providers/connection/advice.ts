import type { CredentialKind, ProviderType } from '@weir/contracts';
import type { Subject } from './explain.js';

/** What an upstream said beside its status. */
export interface Said {
  /** Its own word for the error. */
  readonly code: string | null;
  readonly error: string | null;
}

interface Rule {
  readonly types: readonly ProviderType[];
  readonly kinds?: readonly CredentialKind[];
  readonly statuses: readonly number[];
  /** Tested against code and error; absent: whatever it said. */
  readonly said?: RegExp;
  readonly sentence: (subject: Subject, status: number) => string;
}

const model = ({ model: id }: Subject) => id ?? 'the model';
const region = ({ region: id }: Subject) => id ?? 'this region';
const keyNames = ({ secretIds }: Subject) => (secretIds.length === 0 ? 'the credential' : secretIds.join(' and '));
const AWS: readonly ProviderType[] = ['bedrock'];
const AZURE: readonly ProviderType[] = ['azure_openai', 'azure_foundry'];
const GOOGLE: readonly ProviderType[] = ['google', 'vertex'];

/**
 * What each upstream's own errors mean for the settings of a provider; the first that fits counts.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html
 * https://learn.microsoft.com/azure/ai-services/openai/how-to/quota, https://ai.google.dev/gemini-api/docs/troubleshooting
 */
const RULES: readonly Rule[] = [
  {
    types: AWS,
    statuses: [400, 401, 403],
    said: /ExpiredToken|security token (?:included in the request )?(?:is|has) expired/i,
    sentence: (subject, status) =>
      subject.kind === 'aws_static_keys'
        ? `The AWS session of these keys has expired (${status}). Enter new ones, or use keys that do not expire.`
        : `The AWS credentials have expired (${status}). Check the role or profile that the gateway runs with, and renew it.`,
  },
  {
    types: AWS,
    statuses: [400, 401, 403],
    said: /UnrecognizedClient|InvalidClientTokenId|security token included in the request is invalid/i,
    sentence: (subject, status) =>
      `AWS does not know this access key (${status}). Check the access key ID and, for temporary keys, the session token in ${keyNames(subject)}.`,
  },
  {
    types: AWS,
    statuses: [400, 403],
    said: /scoped to a valid region/i,
    sentence: (subject, status) =>
      `The call was signed for ${region(subject)}, and this endpoint is of another region (${status}). Check that region and base URL belong together.`,
  },
  {
    types: AWS,
    statuses: [400, 403],
    said: /InvalidSignature|SignatureDoesNotMatch|signature we calculated does not match/i,
    sentence: (subject, status) =>
      `AWS does not accept the signature (${status}). Check that the secret access key in ${keyNames(subject)} belongs to the access key ID.`,
  },
  {
    types: AWS,
    statuses: [400],
    said: /on-demand throughput/i,
    sentence: (subject, status) =>
      `${model(subject)} cannot be called by its bare id (${status}). Use an inference profile of it, for example ${profileOf(subject)}.`,
  },
  {
    types: AWS,
    statuses: [400],
    said: /model identifier is invalid/i,
    sentence: (subject, status) =>
      `Bedrock has no model ${model(subject)} in ${region(subject)} (${status}). Check the model id, its geography prefix and the region.`,
  },
  {
    types: AWS,
    statuses: [403],
    said: /ListFoundationModels|ListInferenceProfiles/,
    sentence: (_subject, status) =>
      `AWS knows the credential but does not let it list models (${status}). Allow bedrock:ListFoundationModels and bedrock:ListInferenceProfiles, or choose a model to test.`,
  },
  {
    types: AWS,
    statuses: [403],
    sentence: (subject, status) =>
      `AWS knows the credential but does not allow this (${status}). Check that its policy allows bedrock:InvokeModel on ${model(subject)} and that the model is enabled in ${region(subject)}.`,
  },
  {
    types: AWS,
    statuses: [404],
    sentence: (subject, status) =>
      `Bedrock does not know ${model(subject)} in ${region(subject)} (${status}). Check the model id and the region.`,
  },
  {
    types: AZURE,
    statuses: [404],
    said: /DeploymentNotFound|deployment .*does not exist/i,
    sentence: (subject, status) =>
      `The Azure resource has no deployment named ${model(subject)} (${status}). Use the name given to the deployment, not that of the model; a new one can take five minutes.`,
  },
  {
    types: AZURE,
    statuses: [404],
    sentence: (subject, status) =>
      `There is nothing at this address for ${model(subject)} (${status}). Check the resource name in the base URL, the API form and the API version.`,
  },
  {
    types: AZURE,
    kinds: ['entra_client_secret'],
    statuses: [401, 403],
    sentence: (_subject, status) =>
      `Azure does not let this application in (${status}). Give it the role “Cognitive Services OpenAI User” on the resource.`,
  },
  {
    types: AZURE,
    statuses: [401],
    sentence: (subject, status) =>
      `Azure did not accept the key (${status}). Check that ${keyNames(subject)} holds a key of the very resource in the base URL.`,
  },
  {
    types: GOOGLE,
    statuses: [400, 401, 403],
    said: /API_KEY_INVALID|API key not valid|API key expired/i,
    sentence: (subject, status) =>
      `Google did not accept the API key (${status}). Check the value of ${keyNames(subject)}.`,
  },
  {
    types: GOOGLE,
    statuses: [403],
    said: /SERVICE_DISABLED|has not been used in project|is disabled/i,
    sentence: (_subject, status) =>
      `The API is not switched on in this Google Cloud project (${status}). Enable it, then try again in a few minutes.`,
  },
  {
    types: GOOGLE,
    statuses: [400],
    said: /location is not supported/i,
    sentence: (_subject, status) =>
      `Google does not serve this API from where the gateway runs (${status}). Use Vertex AI, or run the gateway elsewhere.`,
  },
  {
    types: ['vertex'],
    statuses: [403],
    sentence: (subject, status) =>
      `Google knows the credential but does not allow this (${status}). Check the project id, and that the account has the role “Vertex AI User” in it for ${region(subject)}.`,
  },
  {
    types: ['vertex'],
    statuses: [404],
    sentence: (subject, status) =>
      `Vertex AI does not know ${model(subject)} in ${region(subject)} (${status}). Check the model id, the project and the location.`,
  },
];

/** The geography that serves a region, as inference profiles are prefixed. */
function profileOf({ model: id, region: place }: Subject): string {
  const prefix = /^us-gov-/.test(place ?? '')
    ? 'us-gov'
    : ({ us: 'us', ca: 'us', eu: 'eu', ap: 'apac' }[place?.slice(0, 2) ?? ''] ?? 'global');
  return `${prefix}.${id ?? 'anthropic.claude-sonnet-4-5-20250929-v1:0'}`;
}

/** One sentence of what this upstream means, and what to check; null where the status says it all. */
export function adviceOn(status: number, said: Said, subject: Subject): string | null {
  const text = `${said.code ?? ''} ${said.error ?? ''}`;
  const rule = RULES.find(
    ({ types, kinds, statuses, said: pattern }) =>
      types.includes(subject.type) &&
      (kinds?.includes(subject.kind) ?? true) &&
      statuses.includes(status) &&
      (pattern?.test(text) ?? true),
  );
  return rule ? rule.sentence(subject, status) : null;
}
