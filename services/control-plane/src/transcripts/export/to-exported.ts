import type { ExportedTurnIds, PagedTurn } from '@weir/clickhouse';
import type { ExportedTurn, Message, OutputMessage, ToolDefinition } from '@weir/transcripts';
import { placeOf } from './said-store.js';

export const idsOf = ({ systemId, toolsId, inputIds, outputIds }: ExportedTurnIds): string[] => [
  ...[systemId, toolsId].filter((id) => id !== ''),
  ...inputIds,
  ...outputIds,
];

/** What the worker stored is JSON of the transcripts package; what is not there any more is counted. */
export function toExported(turn: PagedTurn, ids: ExportedTurnIds, said: ReadonlyMap<string, string>): ExportedTurn {
  const { conversationId } = turn;
  const get = <T>(id: string): T | null => {
    const json = said.get(placeOf({ conversationId, id }));
    return json === undefined ? null : (JSON.parse(json) as T);
  };
  const outputs = ids.outputIds.flatMap((id, n): OutputMessage[] => {
    const message = get<Message>(id);
    const [reason, native] = [ids.reasons[n] || null, ids.nativeReasons[n] || null];
    return message === null ? [] : [{ ...message, finish_reason: reason, native_finish_reason: native }];
  });
  return {
    ...turn,
    upstreamErrorMessage: ids.upstreamErrorMessage,
    system: ids.systemId === '' ? null : get<Message>(ids.systemId),
    tools: ids.toolsId === '' ? null : get<ToolDefinition[]>(ids.toolsId),
    inputs: ids.inputIds.flatMap((id) => get<Message>(id) ?? []),
    outputs,
    missing: idsOf(ids).filter((id) => !said.has(placeOf({ conversationId, id }))).length,
  };
}
