import { useData } from '@/graphql/use-data';
import { PROVIDER_HEALTH } from '../queries';
import { healthOf } from './health';
import { useLastHour } from './use-last-hour';

const REFRESH_MS = 15_000;

/** How the calls of the last hour went; `health` is null until known, and `isUnknown` when it could not be had. */
export function useHealth(provider: string) {
  const range = useLastHour();
  const { data, problem } = useData(
    PROVIDER_HEALTH,
    { range, filter: { providers: [provider] } },
    { everyMs: REFRESH_MS },
  );
  return { health: data ? healthOf(data.usageTotals) : null, isUnknown: !data && problem !== null };
}

export type Health = ReturnType<typeof useHealth>;
