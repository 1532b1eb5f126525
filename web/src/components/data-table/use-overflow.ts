'use client';
import { useCallback, useState } from 'react';

/**
 * Whether the table is wider than its place. Only then may the place scroll: a scrolling box would keep the header from
 * sticking to the top of the page.
 */
export function useOverflow() {
  const [overflows, setOverflows] = useState(false);
  const box = useCallback((element: HTMLDivElement | null) => {
    const table = element?.firstElementChild;
    if (!element || !table) return;
    const measure = () => setOverflows(table.scrollWidth > (element.parentElement?.clientWidth ?? 0) + 1);
    const observer = new ResizeObserver(measure);
    observer.observe(table);
    if (element.parentElement) observer.observe(element.parentElement);
    return () => observer.disconnect();
  }, []);
  return { box, overflows };
}
