import { NO_OVERRIDE, type StoredOverride } from './override-draft';

interface Change extends StoredOverride {
  readonly from: string;
  readonly until: string | null;
  readonly serviceTier: string | null;
}

/** The override of exactly this tier that counts for calls now. */
export function overrideInForce(history: readonly Change[], serviceTier: string | null): StoredOverride {
  return history.find((change) => change.serviceTier === serviceTier && change.until === null) ?? NO_OVERRIDE;
}

/** What a change of the history counts for. */
export type ChangeStanding = 'in_force' | 'ended' | 'replaced' | 'cleared';

export function standingOf({ from, until, rates }: Pick<Change, 'from' | 'until' | 'rates'>): ChangeStanding {
  if (until === from) return 'replaced';
  if (rates.length === 0) return 'cleared';
  return until === null ? 'in_force' : 'ended';
}
