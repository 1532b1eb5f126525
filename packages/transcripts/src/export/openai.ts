import type { Message } from '../message/message.js';
import type { Part, PartOf } from '../message/part.js';
import { costState } from './otel.js';
import type { ExportedTurn } from './turn.js';

type Content = { type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string } };

/**
 * A prompt and its answer as a request of Chat Completions, which is a line of a fine-tuning file, too. What that form has no
 * place for is named by kind under `metadata`, whose values are texts.
 */
export function openAiRecord(turn: ExportedTurn): Record<string, unknown> {
  const writer = new Writer();
  if (turn.system !== null) writer.add(turn.system);
  for (const message of [...turn.inputs, ...turn.outputs.slice(0, 1)]) writer.add(message);
  for (const { parts } of turn.outputs.slice(1)) for (const part of parts) writer.leaveOut(part);
  const tools = turn.tools?.flatMap((tool) => {
    if (tool.type === 'function') return [functionOf(tool)];
    writer.leave(`tool ${tool.type}`);
    return [];
  });
  return {
    model: turn.servedModel ?? turn.requestedModel ?? 'unknown',
    messages: writer.messages,
    ...(tools !== undefined && tools.length > 0 && { tools }),
    metadata: metadataOf(turn, writer.leftOut()),
  };
}

function functionOf({ name, description, parameters }: NonNullable<ExportedTurn['tools']>[number]) {
  const isObject = typeof parameters === 'object' && parameters !== null;
  return {
    type: 'function',
    function: { name, ...(description !== null && { description }), ...(isObject && { parameters }) },
  };
}

function metadataOf(turn: ExportedTurn, leftOut: string): Record<string, string> {
  const { request, response, usage } = turn;
  const body = ({ state, reason }: typeof request) => (reason === null ? state : `${state}: ${reason}`);
  return {
    weir_conversation: turn.conversationId,
    weir_turn: turn.eventId,
    weir_started_at: new Date(turn.startedAt).toISOString(),
    weir_relation: turn.relation,
    ...pastOf(turn),
    weir_request: body(request),
    weir_response: body(response),
    weir_outcome: turn.isFailed
      ? `failed: ${turn.upstreamErrorCode ?? turn.errorCode ?? turn.status ?? 'unknown'}`
      : 'completed',
    weir_cost_usd: usage.costUsd ?? costState(usage),
    ...(turn.missing > 0 && { weir_missing: String(turn.missing) }),
    ...(leftOut !== '' && { weir_left_out: leftOut.slice(0, 512) }),
  };
}

/** Where the upstream keeps what was said before, these messages are no whole request: they follow those of that turn. */
function pastOf({ relation, parentEventId, inputKnown }: ExportedTurn): Record<string, string> {
  const isAlone = parentEventId !== null && inputKnown === 0 && relation !== 'spawned';
  return isAlone ? { weir_goes_on_from: parentEventId } : {};
}

/** Messages one after the other; calls of tools without an id get one, which their answer finds. */
class Writer {
  readonly messages: object[] = [];
  private readonly left = new Map<string, number>();
  private readonly open: { readonly id: string; readonly name: string }[] = [];
  private named = 0;

  add({ role, name, parts }: Message): void {
    if (role === 'assistant') this.addAnswer(name, parts);
    else if (role === 'tool') for (const part of parts) this.addResult(part);
    else {
      const content = this.contentOf(parts);
      const isText = role === 'system' || content.every(({ type }) => type === 'text');
      const text = content.map((part) => (part.type === 'text' ? part.text : part.image_url.url)).join('\n');
      this.messages.push({ role, content: isText ? text : content, ...(name !== undefined && { name }) });
    }
  }

  leave(kind: string): void {
    this.left.set(kind, (this.left.get(kind) ?? 0) + 1);
  }

  leaveOut(part: Part): void {
    this.leave(`further choice: ${part.type}`);
  }

  leftOut(): string {
    return [...this.left].map(([kind, count]) => `${kind} ×${count}`).join(', ');
  }

  private addAnswer(name: string | undefined, parts: readonly Part[]): void {
    const calls = parts.filter((part) => part.type === 'tool_call').map((part) => this.callOf(part));
    const refusals = parts.filter((part) => part.type === 'refusal').map(({ content }) => content);
    const rest = parts.filter(({ type }) => type !== 'tool_call' && type !== 'refusal');
    const texts = this.contentOf(rest).map((part) => (part.type === 'text' ? part.text : part.image_url.url));
    this.messages.push({
      role: 'assistant',
      content: texts.length === 0 && (calls.length > 0 || refusals.length > 0) ? null : texts.join('\n'),
      ...(refusals.length > 0 && { refusal: refusals.join('\n') }),
      ...(calls.length > 0 && { tool_calls: calls }),
      ...(name !== undefined && { name }),
    });
  }

  private callOf({ id, name, arguments: given, arguments_unparsed }: PartOf<'tool_call'>) {
    const known = id ?? `weir_call_${++this.named}`;
    this.open.push({ id: known, name });
    const text = arguments_unparsed === true ? String(given) : JSON.stringify(given);
    return { id: known, type: 'function', function: { name, arguments: text } };
  }

  private addResult(part: Part): void {
    if (part.type !== 'tool_call_response') {
      this.leave(part.type);
      return;
    }
    const at = this.open.findIndex(({ id, name }) => (part.id === null ? name === part.name : id === part.id));
    const [call] = at < 0 ? [] : this.open.splice(at, 1);
    const content = typeof part.response === 'string' ? part.response : JSON.stringify(part.response);
    this.messages.push({ role: 'tool', tool_call_id: part.id ?? call?.id ?? 'unknown', content });
  }

  private contentOf(parts: readonly Part[]): Content[] {
    return parts.flatMap((part): Content[] => {
      if (part.type === 'text') return [{ type: 'text', text: part.content }];
      if (part.type === 'uri' && part.modality === 'image')
        return [{ type: 'image_url', image_url: { url: part.uri } }];
      this.leave(part.type);
      return [];
    });
  }
}
