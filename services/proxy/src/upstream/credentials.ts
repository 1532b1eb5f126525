import { type MasterKey, openSecret, type SecretSlot, type SnapshotProvider } from '@weir/contracts';
import {
  type CredentialParts,
  type OutgoingRequest,
  openCredential,
  secretOrigin,
  signsBody,
  type UpstreamCredential,
} from '@weir/credentials';
import type { ProviderTypeDefinition, RawHeaders } from '@weir/providers';
import { Refusal } from '../errors.js';
import { CredentialMask } from '../metering/credential-mask.js';

/** What credentials of all providers work with. */
export type CredentialTools = Omit<CredentialParts, 'dialect' | 'onFailure'> & {
  /** Hears of tokens and roles that could not be renewed. */
  readonly onFailure: (provider: string, error: unknown) => void;
};

/**
 * One provider's credential, opened when the first call needs it. Each secret opens only for the origin it was sealed
 * for, so a base URL or token endpoint that changed makes it unusable rather than sending it elsewhere.
 */
export class Credential {
  /** Calls must be read whole before they can be signed. */
  readonly signsBody: boolean;
  private opened: UpstreamCredential | null = null;
  private masked: { readonly confidential: readonly string[]; readonly mask: CredentialMask } | null = null;

  constructor(
    private readonly master: MasterKey,
    private readonly provider: SnapshotProvider,
    private readonly dialect: ProviderTypeDefinition,
    private readonly origin: string,
    private readonly tools: CredentialTools,
  ) {
    this.signsBody = !provider.passthrough && signsBody(provider.credentialKind);
  }

  get isOpen(): boolean {
    return this.opened !== null;
  }

  /**
   * Header pairs that present it: at once where they do not depend on the request or on somebody else.
   * @throws Refusal `credential_unavailable` (or rejects with one); a call is never sent without its key
   */
  present(method: string, path: string, headers: RawHeaders, body: Uint8Array | null): Presented {
    this.opened ??= this.open();
    const { fixed } = this.opened;
    if (fixed !== null) return fixed;
    return this.ask(this.opened, { method, origin: this.origin, path, headers, body });
  }

  /** Knows everything that it presents now. */
  mask(): CredentialMask {
    const confidential = this.opened?.confidential ?? [];
    if (this.masked?.confidential !== confidential) {
      this.masked = { confidential, mask: new CredentialMask(confidential) };
    }
    return this.masked.mask;
  }

  private ask(opened: UpstreamCredential, request: OutgoingRequest): Presented {
    try {
      const presented = opened.present(request);
      if (!(presented instanceof Promise)) return presented;
      return presented.catch((error) => {
        throw this.unusable(error);
      });
    } catch (error) {
      throw this.unusable(error);
    }
  }

  private open(): UpstreamCredential {
    const { provider, dialect, tools } = this;
    const { credentialKind, settings, name } = provider;
    const secrets: Partial<Record<SecretSlot, string>> = {};
    for (const slot of Object.keys(provider.credentials) as SecretSlot[]) secrets[slot] = this.secret(slot);
    // A local runtime may do without the key it could be given.
    const takesNone = dialect.credentialForms.some((form) => form.kind === 'none');
    const isAbsent = credentialKind === 'api_key' && secrets.api_key === undefined && takesNone;
    const kind = provider.passthrough || isAbsent ? 'none' : credentialKind;
    if (kind === 'none' && !provider.passthrough && !takesNone) {
      throw new Refusal('credential_unavailable', `Provider “${name}” has no secret; choose one on its page in Weir.`);
    }
    const onFailure = (error: unknown) => tools.onFailure(name, error);
    try {
      return openCredential({ kind, secrets, settings }, { ...tools, dialect, onFailure });
    } catch (error) {
      throw this.unusable(error);
    }
  }

  private secret(slot: SecretSlot): string {
    const { id: providerId, projectId, name, credentialKind: kind, credentials } = this.provider;
    const { secretId, version, sealed, origin } = credentials[slot] as NonNullable<(typeof credentials)[typeof slot]>;
    try {
      const value = openSecret(this.master, sealed, { projectId, secretId, version, providerId, origin });
      const { issuers } = this.tools;
      const own = secretOrigin({ kind, slot, baseOrigin: this.origin, value, issuers });
      if (own !== origin) throw new RangeError(`sealed for ${origin}, not for ${own}`);
      return value;
    } catch (cause) {
      throw new Refusal(
        'credential_unavailable',
        `The secret “${secretId}” of provider “${name}” cannot be opened; an administrator should enter it again.`,
        cause,
      );
    }
  }

  private unusable(error: unknown): Refusal {
    const { message } = error as Error;
    return new Refusal(
      'credential_unavailable',
      `Provider “${this.provider.name}” has no usable credential: ${message}`,
      error,
    );
  }
}

export type Presented = Readonly<RawHeaders> | Promise<Readonly<RawHeaders>>;

/** Credentials by provider. One that is open is kept over snapshots, with what it minted, while its inputs stay the same. */
export class Credentials {
  private kept = new Map<string, Credential>();

  constructor(private readonly tools: CredentialTools) {}

  begin(): {
    credentialFor(
      master: MasterKey,
      provider: SnapshotProvider,
      dialect: ProviderTypeDefinition,
      base: URL,
    ): Credential;
    commit(): void;
  } {
    const next = new Map<string, Credential>();
    return {
      credentialFor: (master, provider, dialect, { origin }) => {
        const key = inputsOf(provider, origin);
        const former = this.kept.get(key);
        const credential = former?.isOpen ? former : new Credential(master, provider, dialect, origin, this.tools);
        next.set(key, credential);
        return credential;
      },
      commit: () => {
        this.kept = next;
      },
    };
  }
}

function inputsOf(provider: SnapshotProvider, origin: string): string {
  const { id, type, name, credentialKind, credentials, settings, passthrough } = provider;
  const secrets = Object.entries(credentials).map(([slot, each]) => [slot, each.secretId, each.version, each.origin]);
  return JSON.stringify([id, type, name, credentialKind, secrets.sort(), settings, passthrough, origin]);
}
