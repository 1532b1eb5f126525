export const EXPIRIES = ['30', '90', '365', 'never', 'date'] as const;
export type Expiry = (typeof EXPIRIES)[number];
export const EXPIRY_LABELS: Record<Expiry, string> = {
  '30': '30 days',
  '90': '90 days',
  '365': '1 year',
  never: 'Never',
  date: 'On a date',
};

export interface TokenValues {
  readonly name: string;
  readonly scope: 'all' | 'chosen';
  readonly providers: readonly string[];
  readonly expiry: Expiry;
  /** `YYYY-MM-DD`, used with `date`. The token works until that day ends in UTC. */
  readonly expiryDate: string;
}

export const EMPTY_TOKEN: TokenValues = { name: '', scope: 'all', providers: [], expiry: '90', expiryDate: '' };

const DAY_MS = 86_400_000;

/** The moment the token stops working; null = never. undefined while no valid date is given. */
export function expiresAt(values: TokenValues, now: Date): Date | null | undefined {
  if (values.expiry === 'never') return null;
  if (values.expiry !== 'date') return new Date(now.getTime() + Number(values.expiry) * DAY_MS);
  const dayStart = Date.parse(`${values.expiryDate}T00:00:00Z`);
  return Number.isNaN(dayStart) ? undefined : new Date(dayStart + DAY_MS);
}

export type TokenField = 'name' | 'providers' | 'expiresAt';

export function tokenProblems(values: TokenValues, now: Date): Partial<Record<TokenField, string>> {
  const end = expiresAt(values, now);
  return {
    ...(values.name.trim().length > 253 ? { name: 'Use at most 253 characters.' } : {}),
    ...(end && end <= now ? { expiresAt: 'Choose a day that is not over yet.' } : {}),
  };
}

export function tokenMissing(values: TokenValues, now: Date): { field: TokenField; label: string }[] {
  const missing: { field: TokenField; label: string }[] = [];
  if (values.name.trim() === '') missing.push({ field: 'name', label: 'a name' });
  if (values.scope === 'chosen' && values.providers.length === 0) {
    missing.push({ field: 'providers', label: 'a provider' });
  }
  if (expiresAt(values, now) === undefined) missing.push({ field: 'expiresAt', label: 'the day it expires' });
  return missing;
}

export function tokenInput(appId: string, values: TokenValues, now: Date) {
  const end = expiresAt(values, now);
  return {
    appId,
    name: values.name.trim(),
    allProviders: values.scope === 'all',
    ...(values.scope === 'all' ? {} : { providers: [...values.providers] }),
    ...(end ? { expiresAt: end.toISOString() } : {}),
  };
}
