'use client';
import { useEffect } from 'react';
import { useData } from '@/graphql/use-data';
import { RECEIPT } from '../queries';

const UNTIL_RATED_MS = 2_000;

/** The receipt of a call; asked for again until the call is rated. null = nothing is open. */
export function useReceipt(eventId: string | null) {
  const { data, problem, refetch } = useData(RECEIPT, { eventId: eventId ?? '' }, { pause: eventId === null });
  const receipt = data?.receipt?.call.eventId === eventId ? data.receipt : null;
  const isOnItsWay = receipt !== null && receipt.standing === null;
  useEffect(() => {
    if (!isOnItsWay) return;
    const timer = setInterval(refetch, UNTIL_RATED_MS);
    return () => clearInterval(timer);
  }, [isOnItsWay, refetch]);
  return { receipt, isUnknown: data !== undefined && data.receipt === null && !problem, problem, refetch };
}
