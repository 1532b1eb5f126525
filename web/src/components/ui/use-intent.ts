'use client';
import { useState } from 'react';

/**
 * Popups are code most visits never need. Until the first click a trigger is a plain button; pointing at it or focusing
 * it fetches the popup, so that the click itself finds it there.
 */
export function useIntent(load: () => Promise<unknown>, popup: 'menu' | 'dialog' | 'listbox') {
  const [wanted, setWanted] = useState(false);
  const prepare = () => {
    // A failed fetch is tried again by the click, which then shows it.
    load().catch(() => undefined);
  };
  const triggerProps = {
    'aria-haspopup': popup,
    'aria-expanded': false,
    onPointerEnter: prepare,
    onFocus: prepare,
    onClick: () => setWanted(true),
    onKeyDown: (event: { key: string; preventDefault: () => void }) => {
      if (popup === 'dialog' || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
      event.preventDefault();
      setWanted(true);
    },
  } as const;
  return { wanted, triggerProps };
}
