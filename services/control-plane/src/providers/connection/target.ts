import { type MasterKey, openSecret, snapshotCredential } from '@weir/contracts';
import type { ProviderTypeDefinition } from '@weir/providers';
import type { Transaction } from '../../platform/prisma.service.js';
import { missing, unbound } from '../../secrets/attach.js';
import { openStored } from '../../secrets/seal.js';
import { cleanSecretValue } from '../../secrets/secret-value.js';
import { type BaseUrl, parseBaseUrl } from '../base-url.js';
import { checkChoice, choiceOf } from '../credential.js';
import type { ProviderRow } from '../providers.types.js';
import { definitionOf } from '../settings.js';
import type { DraftProviderInput } from './connection.types.js';

/** What a test call needs; `value` is the credential itself and goes nowhere but upstream. */
export interface Target {
  readonly definition: ProviderTypeDefinition;
  readonly url: BaseUrl;
  readonly passthrough: boolean;
  readonly secretId: string | null;
  readonly value: string | null;
}

type Reading = Pick<Transaction, 'secret'>;

/** The settings a provider runs with, its credential opened just as a proxy opens it. */
export function storedTarget(master: MasterKey, row: ProviderRow): Target {
  const definition = definitionOf(row.type);
  const url = parseBaseUrl(row.baseUrl);
  const target = { definition, url, passthrough: row.passthrough };
  if (row.passthrough || row.sealedCredential === null) return { ...target, secretId: null, value: null };
  const { secretId, version, sealed } = snapshotCredential.parse(row.sealedCredential);
  const { projectId, id: providerId } = row;
  const value = openSecret(master, sealed, { projectId, secretId, version, providerId, origin: url.origin });
  return { ...target, secretId, value };
}

/**
 * Settings that are not saved yet, over those of `row` when a stored provider is being edited. The same rule as for
 * saving: a stored value goes only where it may, unless it is typed in again. @throws InputError
 */
export async function draftTarget(
  reading: Reading,
  master: MasterKey,
  projectId: string,
  draft: DraftProviderInput,
  row: ProviderRow | null,
): Promise<Target> {
  const definition = definitionOf(draft.type);
  const address = draft.baseUrl?.trim() || row?.baseUrl || definition.defaultBaseUrl || '';
  const url = parseBaseUrl(address);
  const passthrough = draft.passthrough ?? row?.passthrough ?? false;
  const kept = passthrough ? null : row?.secret?.secretId;
  const choice = choiceOf(draft.secretId === undefined ? kept : draft.secretId, draft.secretValue, passthrough);
  // A value without a name is enough to try it.
  if (choice.secretValue === null) checkChoice(definition, choice);
  const value = passthrough ? null : await openValue(reading, master, projectId, choice, url);
  return { definition, url, passthrough, secretId: choice.secretId, value };
}

async function openValue(
  reading: Reading,
  master: MasterKey,
  projectId: string,
  { secretId, secretValue }: { secretId: string | null; secretValue: string | null },
  { origin }: BaseUrl,
): Promise<string | null> {
  if (secretValue !== null) return cleanSecretValue(secretValue, 'secretValue');
  if (secretId === null) return null;
  const row = await reading.secret.findUnique({ where: { projectId_secretId: { projectId, secretId } } });
  if (!row) throw missing(secretId);
  if (row.boundOrigins.length > 0 && !row.boundOrigins.includes(origin)) throw unbound(row, origin);
  return openStored(master, row);
}
