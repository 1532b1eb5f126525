'use client';
import { useEffect } from 'react';
import { useViewer } from '@/components/frame/viewer';
import { isZone } from '@/zone';

/**
 * The time zone of the address. A person's last choice is remembered in this browser and taken for a bare visit; an
 * address that says anything means what it says, or a shared one would show other figures to whoever opens it.
 */
export function useZone(name: string, isBareVisit: boolean, take: (zone: string) => void) {
  const place = `weir.time-zone.${useViewer().id}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was there when the page was opened counts.
  useEffect(() => {
    const remembered = localStorage.getItem(place);
    if (isBareVisit && remembered && remembered !== name && isZone(remembered)) take(remembered);
  }, []);
  return {
    name,
    choose: (zone: string) => {
      localStorage.setItem(place, zone);
      take(zone);
    },
  };
}
