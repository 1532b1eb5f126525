import {
  DOOR,
  type RestatementFailure,
  type RestatementProgress,
  type RestatementResult,
  type RestatementWork,
  restatementWork,
} from '@weir/contracts';
import { WorkDoor } from '../work-door.js';

/** The door's side of restatements: what is to be done, and what became of it. Errors are those of `WorkDoor`. */
export class Orders extends WorkDoor {
  /** null = nothing waits. */
  claim(signal: AbortSignal): Promise<RestatementWork | null> {
    return this.take(DOOR.restatementClaim, restatementWork, signal);
  }

  /** @returns false when the work belongs to somebody else by now, or is no longer wanted; so do the next two */
  progress(told: RestatementProgress, signal: AbortSignal): Promise<boolean> {
    return this.tell(DOOR.restatementProgress, told, signal);
  }

  result(told: RestatementResult, signal: AbortSignal): Promise<boolean> {
    return this.tell(DOOR.restatementResult, told, signal);
  }

  failure(told: RestatementFailure, signal: AbortSignal): Promise<boolean> {
    return this.tell(DOOR.restatementFailure, told, signal);
  }
}
