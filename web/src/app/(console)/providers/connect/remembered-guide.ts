'use client';
import type { GuideId } from '@weir/snippets';
import { useState } from 'react';

const KEY = 'weir-guide';

/** The client a person last looked at on this browser: who writes Go does so for the next provider too. */
export function useRememberedGuide(offered: readonly GuideId[]): [GuideId | null, (id: GuideId) => void] {
  const [chosen, setChosen] = useState(read);
  const current = offered.find((id) => id === chosen) ?? offered[0] ?? null;
  const choose = (id: GuideId) => {
    setChosen(id);
    try {
      localStorage.setItem(KEY, id);
    } catch {
      // Storage is off or full; the choice holds for this visit.
    }
  };
  return [current, choose];
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // Storage is off: the first guide is shown.
    return null;
  }
}
