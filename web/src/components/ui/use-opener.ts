'use client';
import { useRef } from 'react';

/**
 * Where the focus goes when something that was open closes: back to what had it before. Read while rendering, since a
 * field that focuses itself has the focus by the time of the first effect.
 * @returns for `finalFocus`: the element, or true for the default where it is gone
 */
export function useOpener(open: boolean): () => HTMLElement | true {
  const opener = useRef<Element | null>(null);
  const wasOpen = useRef(false);
  if (open !== wasOpen.current && typeof document !== 'undefined') {
    wasOpen.current = open;
    if (open) opener.current = document.activeElement;
  }
  return () => {
    const element = opener.current;
    return element instanceof HTMLElement && element.isConnected && element !== document.body ? element : true;
  };
}
