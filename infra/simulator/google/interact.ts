import { type Answer, type Call, StreamBuilder } from '../answer.js';
import { piecesOf } from '../generation.js';
import { writtenFor } from './ask.js';

/** The Interactions API: text in, text out, whole or streamed. (https://ai.google.dev/api/interactions-api) */
export function createInteraction(call: Call): Answer {
  const { body, behaviour } = call;
  const model = String(body.model ?? '');
  const { generation } = writtenFor(call.raw, model, { contents: body.input, tools: body.tools }, behaviour);
  const { input, cachedInput, output, reasoning } = generation.usage;
  const usage = {
    total_input_tokens: input + cachedInput,
    input_tokens_by_modality: [{ modality: 'text', tokens: input + cachedInput }],
    total_cached_tokens: cachedInput,
    total_output_tokens: output - reasoning,
    total_thought_tokens: reasoning,
    total_tool_use_tokens: 0,
    total_tokens: input + cachedInput + output,
  };
  const id = `v1_${generation.id}`;
  const step = (text: string) => ({ type: 'model_output', content: [{ type: 'text', text }] });
  const interaction = (status: string, more: object) => ({ id, object: 'interaction', status, model, ...more });
  const end = { service_tier: 'standard', ...(behaviour.hasUsage && { usage }) };
  if (body.stream !== true) {
    const whole = interaction('completed', { steps: [step(generation.words.join(' '))], ...end });
    return { kind: 'json', status: 200, body: JSON.stringify(whole), billed: generation.usage };
  }
  const stream = new StreamBuilder(generation);
  const add = (type: string, fields: object, options = {}): void =>
    stream.add(`event: ${type}\ndata: ${JSON.stringify({ event_type: type, ...fields })}\n\n`, options);
  add('interaction.created', { interaction: interaction('in_progress', {}) });
  add('step.start', { index: 0, step: step('') }, { tokens: reasoning });
  for (const text of piecesOf(generation.words)) {
    add('step.delta', { index: 0, delta: { type: 'text', text } }, { tokens: 1 });
  }
  add('step.stop', { index: 0 });
  const completed = { interaction: interaction('completed', end) };
  add('interaction.completed', completed, { statesUsage: behaviour.hasUsage, isTerminal: true });
  stream.add('event: done\ndata: [DONE]\n\n', { isTerminal: true });
  const error = { event_type: 'error', error: { code: 'unavailable', message: 'The model is overloaded.' } };
  const errorEvent = `event: error\ndata: ${JSON.stringify(error)}\n\n`;
  return { kind: 'stream', events: stream.events, errorEvent, billed: generation.usage };
}
