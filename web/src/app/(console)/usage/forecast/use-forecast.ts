'use client';
import { startOfMonth } from '@/zone';
import { useFigures } from '../live/use-figures';
import type { UsageState } from '../state/use-usage-state';
import { FORECAST } from './queries';

/** The end of the month under way, when the range reaches into it up to now. */
export function useForecast({ range, filter, zone }: UsageState, now: Date) {
  const monthStartMs = startOfMonth(now.getTime(), zone.name);
  const isWanted = range.to.getTime() > Math.max(monthStartMs, now.getTime());
  const { data, problem, loading } = useFigures(
    FORECAST,
    { filter, timeZone: zone.name },
    { pause: !isWanted, isSlow: true },
  );
  return {
    isWanted,
    isLoading: isWanted && loading,
    problem: isWanted ? problem : null,
    /** null = too few days are known; undefined = not asked or not there yet. */
    forecast: isWanted ? data?.usageForecast : undefined,
  };
}

export type Forecast = ReturnType<typeof useForecast>;
