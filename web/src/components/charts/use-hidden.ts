'use client';
import { useMemo, useState } from 'react';

/** The keys taken out: the caller's where it holds them, else remembered here. */
export function useHidden(held: readonly string[] | undefined, onChange: ((hidden: string[]) => void) | undefined) {
  const [own, setOwn] = useState<readonly string[]>([]);
  const keys = held ?? own;
  const hidden = useMemo(() => new Set(keys), [keys]);
  return {
    hidden,
    setHidden: (next: string[]) => {
      setOwn(next);
      onChange?.(next);
    },
  };
}
