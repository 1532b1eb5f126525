import type { Message, ToolDefinition } from '../message/message.js';
import type { Part } from '../message/part.js';

/** What a request gives a model. */
export interface RequestReading {
  /** `gen_ai.system_instructions`: those apart from the messages, and those that precede them all. */
  readonly systemInstructions: readonly Part[];
  /** `gen_ai.tool.definitions`. */
  readonly toolDefinitions: readonly ToolDefinition[];
  /** `gen_ai.input.messages`. */
  readonly inputMessages: readonly Message[];
  /** Why nothing could be read; null = it was. */
  readonly unreadable: 'not_json' | 'too_deep' | 'unknown_endpoint' | null;
}

/** What one dialect's reader makes of a body. */
export interface Given {
  readonly system: readonly Part[];
  readonly messages: readonly Message[];
  /** Absent: as the request itself lists them. */
  readonly tools?: readonly ToolDefinition[];
}
