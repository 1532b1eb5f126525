'use client';
import { useState } from 'react';

/** Whether the condition has held at any time: what was shown once stays, so that it can leave with its motion. */
export function useOnceTrue(condition: boolean): boolean {
  const [held, setHeld] = useState(condition);
  if (condition && !held) setHeld(true);
  return held || condition;
}
