'use client';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** What a person does to be somewhere else; dragging the scroll bar begins with a press. */
const OWN_WAYS = ['wheel', 'touchmove', 'keydown', 'pointerdown', 'mousedown'] as const;

/** Nothing has moved for so long: the place is reached. */
const STILL_MS = 500;

/**
 * Stands at a place while what is above and below it takes its size: words come after the turns they belong to, and until
 * then the page may be too short to be scrolled that far.
 * @param isWhole nothing in sight is still to come
 * @param heightPx of all there is
 */
export function useStanding(heightPx: number, isWhole: boolean): (scroll: () => void) => void {
  const wanted = useRef<(() => void) | null>(null);
  useEffect(() => {
    const leave = () => {
      wanted.current = null;
    };
    for (const way of OWN_WAYS) window.addEventListener(way, leave, { passive: true, capture: true });
    return () => {
      for (const way of OWN_WAYS) window.removeEventListener(way, leave, { capture: true });
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height is what moves the place.
  useEffect(() => {
    wanted.current?.();
    if (!isWhole) return;
    const timer = setTimeout(() => {
      wanted.current?.();
      wanted.current = null;
    }, STILL_MS);
    return () => clearTimeout(timer);
  }, [heightPx, isWhole]);
  return useCallback((scroll) => {
    wanted.current = scroll;
    scroll();
  }, []);
}

/** How far below the start of the page an element begins, px, whatever grows or wraps above it. */
export function useTop(element: React.RefObject<HTMLElement | null>): number {
  const [topPx, setTopPx] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const top = element.current?.getBoundingClientRect().top;
      if (top !== undefined) setTopPx(Math.round(top + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return topPx;
}
