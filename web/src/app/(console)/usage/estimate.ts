import { plural } from '../../../format';

/** Why a sum is an estimate in part; null when it is not. */
export function estimateOf({ estimatedCalls }: { estimatedCalls: number }): string | null {
  if (estimatedCalls === 0) return null;
  return `${plural(estimatedCalls, 'call')} in it ${estimatedCalls === 1 ? 'has' : 'have'} estimated counts`;
}
