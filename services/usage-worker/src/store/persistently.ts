import { WeirError } from '@weir/contracts';
import type { Gate } from './gate.js';

/** Waits out what passes, for ever. What does not is told by its code: a message could quote what was said. */
export function persistently<T>(gate: Gate, step: () => Promise<T>): Promise<{ done: T } | { reason: string }> {
  return gate.through(async () => {
    try {
      return { done: await step() };
    } catch (error) {
      if (error instanceof WeirError && error.retryable) throw error;
      return { reason: error instanceof WeirError ? error.code : 'UNEXPECTED' };
    }
  });
}
