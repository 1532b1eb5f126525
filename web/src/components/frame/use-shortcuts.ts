'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { DESTINATIONS } from './navigation';

/** Time after `g` in which the second key counts. */
const SEQUENCE_MS = 1200;

interface ShortcutActions {
  onPalette: () => void;
  onKeys: () => void;
  onToggleSidebar: () => void;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('input[data-search]');
  field?.focus();
  field?.select();
  return field !== null;
}

/** The keys of the frame; they rest while a person types or a dialog is open. */
export function useShortcuts(actions: ShortcutActions): void {
  const router = useRouter();
  const current = useRef(actions);
  current.current = actions;

  useEffect(() => {
    let goPressedAt = Number.NEGATIVE_INFINITY;
    const onKeyDown = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        current.current.onPalette();
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target) || document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]')) return;

      if (event.timeStamp - goPressedAt < SEQUENCE_MS) {
        goPressedAt = Number.NEGATIVE_INFINITY;
        const destination = DESTINATIONS.find(({ key }) => key === event.key);
        if (destination) {
          event.preventDefault();
          router.push(destination.href);
          return;
        }
      }
      if (event.key === 'g') goPressedAt = event.timeStamp;
      else if (event.key === '?') current.current.onKeys();
      else if (event.key === '[') current.current.onToggleSidebar();
      else if (event.key === '/') {
        event.preventDefault();
        if (!focusSearch()) current.current.onPalette();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [router]);
}
