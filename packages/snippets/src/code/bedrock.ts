import type { Subject } from '../target.js';

/** AWS's Python SDK sends a bearer value over TLS only. */
export function isBearerRefused({ proxyUrl }: Subject): boolean {
  return proxyUrl.startsWith('http:');
}

/**
 * Every AWS SDK takes a bearer value out of this variable and then signs nothing; the proxy signs with its own
 * credential. https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-use.html
 */
export function bedrockEnvironment({ passthrough }: Subject): string {
  return passthrough
    ? 'export AWS_BEARER_TOKEN_BEDROCK="…your own Bedrock API key"'
    : 'export AWS_BEARER_TOKEN_BEDROCK="$WEIR_TOKEN"';
}
