import { type MasterKey, openSecret, type SnapshotProvider } from '@weir/contracts';
import type { ProviderTypeDefinition, RawHeaders } from '@weir/providers';
import { Refusal } from '../errors.js';

const NONE: RawHeaders = [];

/**
 * One provider's credential, opened when the first call needs it. It opens only for the origin it was sealed for, so
 * a base URL that changed makes it unusable rather than sending it elsewhere.
 */
export class Credential {
  private opened: RawHeaders | null = null;

  constructor(
    private readonly master: MasterKey,
    private readonly provider: SnapshotProvider,
    private readonly dialect: ProviderTypeDefinition,
    private readonly origin: string,
  ) {}

  /** Header pairs that present it. @throws Refusal `credential_unavailable`; a call is never sent without its key. */
  headers(): RawHeaders {
    this.opened ??= this.open();
    return this.opened;
  }

  private open(): RawHeaders {
    const { provider, dialect, origin } = this;
    const { credentials, id: providerId, projectId, name } = provider;
    if (provider.passthrough) return NONE;
    const credential = credentials.api_key;
    if (credential === undefined) {
      if (dialect.credential === 'optional') return NONE;
      throw new Refusal('credential_unavailable', `Provider “${name}” has no secret; choose one on its page in Weir.`);
    }
    const { secretId, version, sealed } = credential;
    try {
      const secret = openSecret(this.master, sealed, { projectId, secretId, version, providerId, origin });
      return dialect.credentialFor(secret);
    } catch (cause) {
      throw new Refusal(
        'credential_unavailable',
        `The secret “${secretId}” of provider “${name}” cannot be opened; an administrator should enter it again.`,
        cause,
      );
    }
  }
}
