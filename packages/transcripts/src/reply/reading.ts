import type { UnreadableRange } from '@weir/providers';
import type { OutputMessage } from '../message/message.js';

/** An error that came in the place of an answer, or in the middle of one. */
export interface ReplyError {
  /** The upstream's own code; null = it gave none. */
  readonly code: string | null;
  readonly message: string | null;
  /** Where in the bytes it stands. */
  readonly offset: number;
}

/** What a model said. */
export interface ReplyReading {
  /** The upstream's id of the answer, by which a later request may refer to it. */
  readonly responseId: string | null;
  /** Of its items, where a later request may refer to these. */
  readonly itemIds: readonly string[];
  /** `gen_ai.output.messages`: one for each choice or candidate. */
  readonly outputMessages: readonly OutputMessage[];
  readonly errors: readonly ReplyError[];
  readonly complete: boolean;
  /** Why it is not complete; null = it is. */
  readonly incompleteReason: 'error' | 'cut' | 'pending' | 'unreadable' | 'no_answer' | null;
  readonly unreadable: readonly UnreadableRange[];
}

/** One choice as its dialect's reader left it. */
export interface Said {
  readonly responseId: string | null;
  readonly itemIds?: readonly string[];
  readonly messages: readonly OutputMessage[];
  /** The last event of a stream was seen, or what stands for it. */
  readonly isEnded: boolean;
  /** Accepted, and to be fetched later. */
  readonly isPending?: boolean;
}

/** Takes up the events of one dialect and tells what was said so far. */
export interface Assembler {
  /** False where the event is none of this dialect. */
  take(event: Readonly<Record<string, unknown>>, name: string | null): boolean;
  said(): Said;
}
