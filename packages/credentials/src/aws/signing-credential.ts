import type { RawHeaders } from '@weir/providers';
import type { CredentialParts, OutgoingRequest, UpstreamCredential } from '../credential.js';
import { type Minted, Renewed } from '../renewed.js';
import type { AwsIdentity } from './identity.js';
import { sign } from './sign.js';

/** Signs each request as an AWS identity that may have to be renewed. */
export class SigningCredential implements UpstreamCredential {
  readonly fixed = null;
  confidential: readonly string[];
  private readonly identity: Renewed<AwsIdentity>;

  /** @param secrets stored ones that identities are minted from */
  constructor(
    mint: () => Promise<Minted<AwsIdentity>>,
    private readonly region: string,
    private readonly parts: Pick<CredentialParts, 'nowMs' | 'onFailure'>,
    secrets: readonly string[],
  ) {
    this.confidential = secrets;
    let current: readonly string[] = [];
    this.identity = new Renewed(mint, parts, (identity) => {
      const former = current;
      current = secretsOf(identity);
      // Calls that began with the former one may still be answered.
      this.confidential = [...new Set([...secrets, ...current, ...former])];
    });
  }

  async present(request: OutgoingRequest): Promise<RawHeaders> {
    return sign(request, await this.identity.get(), this.region, this.parts.nowMs());
  }
}

export function secretsOf({ accessKeyId, secretAccessKey, sessionToken }: AwsIdentity): string[] {
  return sessionToken === undefined ? [accessKeyId, secretAccessKey] : [accessKeyId, secretAccessKey, sessionToken];
}
