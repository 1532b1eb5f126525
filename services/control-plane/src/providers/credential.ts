import type { MasterKey } from '@weir/contracts';
import { Prisma } from '@weir/prisma';
import type { ProviderTypeDefinition } from '@weir/providers';
import { Forbidden, InputError } from '../platform/errors.js';
import { isAllowed } from '../platform/policy.js';
import type { Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { type Attached, attachSecret } from '../secrets/attach.js';

/** How a provider is to identify itself upstream. */
export interface CredentialChoice {
  readonly secretId: string | null;
  readonly secretValue: string | null;
  readonly passthrough: boolean;
}

/** An empty field of a form means nothing was chosen. */
export function choiceOf(
  secretId: string | null | undefined,
  secretValue: string | null | undefined,
  passthrough: boolean,
): CredentialChoice {
  return { secretId: secretId?.trim() || null, secretValue: secretValue || null, passthrough };
}

/** @throws InputError on `passthrough` or `secretId` when type and choice do not go together */
export function checkChoice(definition: ProviderTypeDefinition, choice: CredentialChoice): void {
  const { passthrough, secretId, secretValue } = choice;
  if (passthrough && !definition.supportsPassthrough) {
    throw new InputError(
      'PASSTHROUGH_UNSUPPORTED',
      `${definition.label} providers cannot pass the caller's credential through. Choose a secret.`,
      'passthrough',
    );
  }
  if (passthrough && secretId !== null) {
    throw new InputError(
      'PASSTHROUGH_WITH_SECRET',
      'With passthrough the caller brings the credential. Remove the secret, or switch passthrough off.',
      'secretId',
    );
  }
  const needsSecret = !passthrough && definition.credential === 'required';
  if (secretId === null && (needsSecret || (secretValue !== null && !passthrough))) {
    throw new InputError(
      'SECRET_REQUIRED',
      `Choose the secret that holds the key, or name a new one, for example ${definition.suggestedSecretId}.`,
      'secretId',
    );
  }
}

/** Columns of the provider row, and what happened to the secret on the way. */
export interface StoredCredential {
  readonly secretRowId: string | null;
  readonly sealedCredential: Prisma.InputJsonValue | typeof Prisma.DbNull;
  readonly did: Attached['did'] | null;
}

/** Seals the chosen secret for the provider. @throws InputError, Forbidden */
export async function storeCredential(
  tx: Transaction,
  master: MasterKey,
  viewer: Viewer,
  provider: { readonly id: string; readonly origin: string },
  choice: CredentialChoice,
): Promise<StoredCredential> {
  const { secretId, secretValue } = choice;
  if (secretId === null) return { secretRowId: null, sealedCredential: Prisma.DbNull, did: null };
  if (secretValue !== null && !isAllowed(viewer.role, 'secret.write')) throw new Forbidden();
  const { projectId } = viewer;
  const attached = await attachSecret(tx, master, { projectId, provider, secretId, secretValue });
  return {
    secretRowId: attached.secretRowId,
    sealedCredential: { ...attached.credential },
    did: attached.did,
  };
}
