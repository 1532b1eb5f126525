import { z } from 'zod';
import type { Reader } from '../../client.js';
import { ofTurn, type TurnKey } from './turn-messages.js';

/** All that a turn asked with, by ids of messages of its conversation. */
export interface TurnPrompt {
  /** Instructions and definitions of tools; null = none was given. */
  readonly systemId: string | null;
  readonly toolsId: string | null;
  /** In their order, with what its parent had already. */
  readonly inputIds: readonly string[];
}

const row = z.object({ systemId: z.string(), toolsId: z.string(), inputIds: z.array(z.string()) });

/** null when there is no such turn, or none any more. */
export async function turnPrompt(reader: Reader, projectId: string, key: TurnKey): Promise<TurnPrompt | null> {
  const [turn] = await reader.query({
    name: 'turn-prompt',
    ...ofTurn(projectId, key, {
      columns: 'system_id AS systemId, tools_id AS toolsId, input_ids AS inputIds',
      params: {},
    }),
    row,
  });
  return turn === undefined
    ? null
    : { systemId: turn.systemId || null, toolsId: turn.toolsId || null, inputIds: turn.inputIds };
}
