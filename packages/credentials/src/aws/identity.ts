import type { Minted } from '../renewed.js';

export interface AwsIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What the AWS libraries give, without what only they look at. */
export function mintedIdentity(given: AwsIdentity & { readonly expiration?: Date }): Minted<AwsIdentity> {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = given;
  return {
    value: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    expiresAtMs: expiration?.getTime() ?? null,
  };
}
