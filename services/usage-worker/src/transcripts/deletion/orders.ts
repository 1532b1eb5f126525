import {
  DOOR,
  type TranscriptDeletionFailure,
  type TranscriptDeletionProgress,
  type TranscriptDeletionResult,
  type TranscriptDeletionWork,
  transcriptDeletionWork,
} from '@weir/contracts';
import { WorkDoor } from '../../work-door.js';

/** The door's side of deletions: what is to be deleted, and what became of it. Errors are those of `WorkDoor`. */
export class DeletionOrders extends WorkDoor {
  /** null = nothing waits. */
  claim(signal: AbortSignal): Promise<TranscriptDeletionWork | null> {
    return this.take(DOOR.transcriptDeletionClaim, transcriptDeletionWork, signal);
  }

  /** @returns false where another worker has the hold by now, which does the same work; so do the next two */
  progress(told: TranscriptDeletionProgress, signal: AbortSignal): Promise<boolean> {
    return this.tell(DOOR.transcriptDeletionProgress, told, signal);
  }

  result(told: TranscriptDeletionResult, signal: AbortSignal): Promise<boolean> {
    return this.tell(DOOR.transcriptDeletionResult, told, signal);
  }

  failure(told: TranscriptDeletionFailure, signal: AbortSignal): Promise<boolean> {
    return this.tell(DOOR.transcriptDeletionFailure, told, signal);
  }
}
