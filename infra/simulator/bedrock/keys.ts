/** An access key as AWS knows it. Temporary ones come with a session token and an end. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** UTC epoch ms. */
  readonly expiresAt?: number;
  /** Who it belongs to. */
  readonly arn: string;
  /** The identity exists, but its policies allow nothing. */
  readonly isDenied?: boolean;
}

/** A role that may be assumed. */
export interface Role {
  readonly arn: string;
  /** Asked for by its trust policy; absent: it asks for none. */
  readonly externalId?: string;
  /** ARNs of the identities its trust policy names. */
  readonly trusts: readonly string[];
  readonly isDenied?: boolean;
}

/** Every access key in force, those of assumed roles among them. */
export class KeyRing {
  private readonly keys = new Map<string, AccessKey>();

  constructor(keys: readonly AccessKey[]) {
    for (const key of keys) this.add(key);
  }

  add(key: AccessKey): void {
    this.keys.set(key.accessKeyId, key);
  }

  find(accessKeyId: string): AccessKey | undefined {
    return this.keys.get(accessKeyId);
  }

  /** Ends a temporary key, or takes a lasting one away, as an administrator would. */
  revoke(accessKeyId: string): void {
    this.keys.delete(accessKeyId);
  }
}
