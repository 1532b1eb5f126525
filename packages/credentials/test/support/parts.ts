import type { CredentialParts, OutgoingRequest, UpstreamCredential } from '../../src/credential.js';
import { PUBLIC_ISSUERS } from '../../src/issuers.js';
import { outbound } from './issuer.js';

export const START_MS = Date.UTC(2030, 0, 1);

/** A clock that goes when it is told to. */
export class Clock {
  constructor(public nowMs = START_MS) {}

  readonly read = () => this.nowMs;
  advance(ms: number): void {
    this.nowMs += ms;
  }
}

export function partsOf(clock: Clock, changes: Partial<CredentialParts> = {}): CredentialParts {
  return {
    dialect: { credentialFor: (secret) => ['x-key', secret] },
    outbound,
    issuers: PUBLIC_ISSUERS,
    isListed: () => false,
    nowMs: clock.read,
    onFailure: () => undefined,
    ...changes,
  };
}

export const REQUEST: OutgoingRequest = {
  method: 'POST',
  origin: 'https://bedrock-runtime.us-east-1.amazonaws.com',
  path: '/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse',
  headers: ['content-type', 'application/json'],
  body: Buffer.from('{}'),
};

/** The value of one header that a credential adds. */
export async function presented(credential: UpstreamCredential, name = 'authorization'): Promise<string | undefined> {
  const pairs = await credential.present(REQUEST);
  const at = pairs.indexOf(name);
  return at < 0 ? undefined : pairs[at + 1];
}
