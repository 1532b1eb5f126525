import {
  type MasterKey,
  openSecret,
  type ProviderSettings,
  type SecretSlot,
  snapshotCredential,
} from '@weir/contracts';
import type { ProviderTypeDefinition } from '@weir/providers';
import type { Transaction } from '../../platform/prisma.service.js';
import { checkBound, missing } from '../../secrets/attach.js';
import { openStored } from '../../secrets/seal.js';
import { cleanSecretValue } from '../../secrets/secret-value.js';
import { type BaseUrl, parseBaseUrl } from '../base-url.js';
import { type CredentialChoice, readChoice, type SlotChoice } from '../credential/choice.js';
import { checkAudience, type Destinations, originsOf, type SecretPurpose } from '../credential/origins.js';
import { storedSettings } from '../credential/setting-values.js';
import type { ProviderRow } from '../providers.types.js';
import { definitionOf } from '../settings.js';
import { wantedBaseUrl } from '../wanted-base-url.js';
import type { DraftProviderInput } from './connection.types.js';

/** What a test call needs; `secrets` are the credential itself and go nowhere but upstream. */
export interface Target {
  readonly definition: ProviderTypeDefinition;
  readonly url: BaseUrl;
  readonly kind: CredentialChoice['kind'];
  readonly passthrough: boolean;
  readonly settings: ProviderSettings;
  readonly secrets: Readonly<Partial<Record<SecretSlot, string>>>;
  /** References of the secrets, for what is said about them. */
  readonly secretIds: readonly string[];
  /** Models it exposes; empty = all. */
  readonly models: readonly string[];
}

type Reading = Pick<Transaction, 'secret'>;
type Opened = readonly [slot: string, value: string];

/** The settings a provider runs with, its credential opened just as a proxy opens it. */
export function storedTarget(master: MasterKey, row: ProviderRow): Target {
  const definition = definitionOf(row.type);
  const { projectId, id: providerId, passthrough, models } = row;
  const opened = row.credentials.map(({ slot, sealed: stored }): Opened => {
    const { secretId, version, origin, sealed } = snapshotCredential.parse(stored);
    return [slot, openSecret(master, sealed, { projectId, secretId, version, providerId, origin })];
  });
  return {
    ...{ definition, passthrough, models, url: parseBaseUrl(row.baseUrl) },
    kind: row.credentialKind as CredentialChoice['kind'],
    settings: storedSettings(row.settings),
    secrets: Object.fromEntries(opened),
    secretIds: row.credentials.map(({ secret }) => secret.secretId),
  };
}

/**
 * Settings that are not saved yet, over those of `row` when a stored provider is being edited. The same rule as for
 * saving: a stored value goes only where it may, unless it is typed in again. @throws InputError
 */
export async function draftTarget(
  reading: Reading,
  { masterKey, ...destinations }: Destinations & { readonly masterKey: MasterKey },
  projectId: string,
  draft: DraftProviderInput,
  row: ProviderRow | null,
): Promise<Target> {
  const definition = definitionOf(draft.type);
  const choice = readChoice(definition, draft, row, true);
  const { kind, passthrough, settings } = choice;
  const url = parseBaseUrl(wantedBaseUrl(definition, draft.baseUrl, row, settings));
  checkAudience(url, kind, destinations.allowedHosts);
  const opened: Opened[] = [];
  for (const slot of choice.slots) {
    const purpose = { kind, slot: slot.slot, url };
    opened.push([slot.slot, await openValue(reading, masterKey, projectId, slot, purpose, destinations)]);
  }
  const secretIds = choice.slots.flatMap(({ secretId }) => secretId ?? []);
  const models = row?.models ?? [];
  return { definition, url, kind, passthrough, settings, secrets: Object.fromEntries(opened), secretIds, models };
}

async function openValue(
  reading: Reading,
  master: MasterKey,
  projectId: string,
  { secretId, secretValue, field, valueField }: SlotChoice,
  purpose: SecretPurpose,
  destinations: Destinations,
): Promise<string> {
  if (secretValue !== null) {
    const value = cleanSecretValue(secretValue, valueField);
    originsOf(purpose, value, valueField, destinations);
    return value;
  }
  const id = secretId ?? '';
  const row = await reading.secret.findUnique({ where: { projectId_secretId: { projectId, secretId: id } } });
  if (!row) throw missing(id, field);
  const value = openStored(master, row);
  checkBound(row, originsOf(purpose, value, field, destinations), field);
  return value;
}
