import type { SaidPart } from './parts';

export interface ToolAnswer {
  readonly part: Extract<SaidPart, { kind: 'tool_response' }>;
  /** From the end of the answer that called it to the start of the turn that brought it; null = not known. */
  readonly afterMs: number | null;
}

interface Turn {
  readonly eventId: string;
  readonly startedAt: string;
  readonly durationMs: number | null;
}

interface Said {
  readonly inputs: readonly { readonly parts: readonly SaidPart[] | null }[];
  readonly outputs: readonly { readonly parts: readonly SaidPart[] | null }[];
}

const partsIn = (messages: Said['inputs']) => messages.flatMap(({ parts }) => parts ?? []);

/** What tools answered, by the id of the call; only to calls that are in one of these turns. */
export function toolAnswers(
  turns: readonly Turn[],
  saidOf: (eventId: string) => Said | undefined,
): Map<string, ToolAnswer> {
  const calledAt = new Map<string, number | null>();
  const answers = new Map<string, ToolAnswer>();
  for (const { eventId, startedAt, durationMs } of turns) {
    const said = saidOf(eventId);
    if (!said) continue;
    const began = Date.parse(startedAt);
    for (const part of partsIn(said.inputs)) {
      if (part.kind !== 'tool_response' || part.id === null || !calledAt.has(part.id) || answers.has(part.id)) continue;
      const ended = calledAt.get(part.id) ?? null;
      answers.set(part.id, { part, afterMs: ended === null ? null : Math.max(0, began - ended) });
    }
    for (const part of partsIn(said.outputs)) {
      if (part.kind === 'tool_call' && part.id !== null) {
        calledAt.set(part.id, durationMs === null ? null : began + durationMs);
      }
    }
  }
  return answers;
}
