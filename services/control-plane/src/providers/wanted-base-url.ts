import type { ProviderSettings } from '@weir/contracts';
import type { ProviderTypeDefinition } from '@weir/providers';
import { InputError } from '../platform/errors.js';
import { storedSettings } from './credential/setting-values.js';
import type { ProviderRow } from './providers.types.js';

/**
 * The base URL that is meant: the one given, else the one there is, else that of the type. One that followed from the
 * settings goes on following them. @throws InputError `BASE_URL_REQUIRED`
 */
export function wantedBaseUrl(
  definition: ProviderTypeDefinition,
  given: string | null | undefined,
  row: ProviderRow | null,
  settings: ProviderSettings,
): string {
  const isDerived = row !== null && row.baseUrl === definition.baseUrlFor(storedSettings(row.settings));
  const kept = given == null && row !== null && !isDerived ? row.baseUrl : null;
  const url = given?.trim() || kept || definition.baseUrlFor(settings);
  if (url) return url;
  throw new InputError('BASE_URL_REQUIRED', `A ${definition.label} provider needs a base URL.`, 'baseUrl');
}
