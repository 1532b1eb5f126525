import { type JsonObject, objectOf } from '../json/value.js';
import { TextSink } from './text-sink.js';

/** Members of a request that a model reads, by endpoint. */
const READ: ReadonlyMap<string, readonly string[]> = new Map([
  ['chat.completions', ['messages', 'tools', 'functions', 'response_format']],
  ['completions', ['prompt', 'suffix']],
  ['responses', ['instructions', 'input', 'tools', 'text']],
  ['embeddings', ['input']],
  ['messages', ['system', 'messages', 'tools']],
  ['generate_content', ['systemInstruction', 'system_instruction', 'contents', 'tools']],
  ['stream_generate_content', ['systemInstruction', 'system_instruction', 'contents', 'tools']],
  ['embed_content', ['content']],
  ['batch_embed_contents', ['requests']],
  ['interactions', ['system_instruction', 'input', 'tools']],
  ['converse', ['system', 'messages', 'toolConfig']],
  ['converse_stream', ['system', 'messages', 'toolConfig']],
  ['invoke', ['system', 'messages', 'tools', 'prompt', 'inputText']],
  ['invoke_stream', ['system', 'messages', 'tools', 'prompt', 'inputText']],
  ['chat', ['messages', 'message', 'preamble', 'chat_history', 'documents', 'tools']],
  ['generate', ['system', 'prompt', 'suffix']],
  ['embed', ['input', 'texts']],
]);

/** Whose answers hold no generated text. */
const WRITES_NOTHING: ReadonlySet<string> = new Set(['embeddings', 'embed_content', 'batch_embed_contents', 'embed']);

/** Schemas are read as they stand. */
const SCHEMAS: ReadonlySet<string> = new Set(['tools', 'functions', 'toolConfig', 'response_format', 'text']);

/** Members that steer, name or sign something and are not read as text. */
const SILENT: ReadonlySet<string> = new Set([
  ...['type', 'role', 'id', 'call_id', 'tool_call_id', 'tool_use_id', 'toolUseId', 'status', 'model', 'taskType'],
  ...['cache_control', 'cachePoint', 'signature', 'thoughtSignature', 'thought_signature', 'encrypted_content'],
]);

/** Members that stand for something without text, or for a text that is elsewhere. */
const OTHER: ReadonlySet<string> = new Set([
  ...['image_url', 'input_audio', 'image', 'images', 'audio', 'video', 'document', 'file', 'file_id', 'file_url'],
  ...['file_data', 'fileData', 'inlineData', 'inline_data', 'source', 'data'],
]);

/** Members by which a request refers to a conversation or a prompt that the upstream keeps. */
const KEPT_UPSTREAM = ['previous_response_id', 'conversation', 'cachedContent', 'cached_content', 'context', 'raw'];

/**
 * Tokens that frame a message, and those that begin the answer.
 * (https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken)
 */
const TOKENS_PER_MESSAGE = 3;
const TOKENS_TO_BEGIN = 3;

/** What a request gives a model to read. */
export interface PromptText {
  readonly texts: readonly string[];
  /** Read besides the texts: frames of messages, and inputs that are tokens already. */
  readonly tokens: number;
  /** False where it reads more than can be told from the request: images, files, what the upstream keeps. */
  readonly isWhole: boolean;
  /** How much it may write over all its answers; null = the request sets no limit. */
  readonly maxOutputTokens: number | null;
}

/** Whether usage of an endpoint's answers can be estimated at all. */
export const isEstimable = (endpoint: string): boolean => READ.has(endpoint);

/** Whether the answers of an endpoint are generated text. */
export const writesText = (endpoint: string): boolean => !WRITES_NOTHING.has(endpoint);

/** @returns null where nothing is known of what an endpoint's models read */
export function promptText(endpoint: string, body: unknown): PromptText | null {
  const members = READ.get(endpoint);
  const request = objectOf(body);
  if (members === undefined || request === null) return null;
  const reading = new PromptReading();
  for (const member of members) {
    const value = request[member];
    if (value === undefined || value === null) continue;
    if (SCHEMAS.has(member)) reading.sink.addJson(value);
    else reading.read(value);
  }
  const { sink, tokens, messages } = reading;
  const isElsewhere = KEPT_UPSTREAM.some((name) => request[name] !== undefined && request[name] !== null);
  return {
    texts: sink.texts,
    tokens: tokens + (messages > 0 ? messages * TOKENS_PER_MESSAGE + TOKENS_TO_BEGIN : 0),
    isWhole: !sink.hasOther && !isElsewhere && (sink.texts.length > 0 || tokens > 0),
    maxOutputTokens: maxOutputTokens(request),
  };
}

class PromptReading {
  readonly sink = new TextSink();
  tokens = 0;
  messages = 0;

  read(value: unknown): void {
    if (typeof value === 'string') this.sink.add(value);
    else if (typeof value === 'number') this.tokens++;
    else if (Array.isArray(value)) for (const each of value) this.read(each);
    else if (typeof value === 'object' && value !== null) this.readObject(value as JsonObject);
  }

  private readObject(object: JsonObject): void {
    if (typeof object.role === 'string') this.messages++;
    if (object.type === 'item_reference') this.sink.hasOther = true;
    for (const [name, value] of Object.entries(object)) {
      if (value === null || SILENT.has(name)) continue;
      if (OTHER.has(name)) this.sink.hasOther = true;
      // Arguments and results of tools: whatever they hold, they are read as JSON.
      else if (name === 'input' || name === 'args' || name === 'json') this.sink.addJson(value);
      else if (typeof value !== 'number') this.read(value);
    }
  }
}

function maxOutputTokens(request: JsonObject): number | null {
  const gemini = objectOf(request.generationConfig) ?? objectOf(request.generation_config);
  const limits = [
    ...[request.max_completion_tokens, request.max_output_tokens, request.max_tokens, request.max_tokens_to_sample],
    ...[request.max_gen_len, gemini?.maxOutputTokens, objectOf(request.inferenceConfig)?.maxTokens],
    ...[objectOf(request.textGenerationConfig)?.maxTokenCount, objectOf(request.options)?.num_predict],
  ];
  const limit = limits.find((value): value is number => Number.isSafeInteger(value) && (value as number) > 0);
  if (limit === undefined) return null;
  const answers = request.n ?? gemini?.candidateCount;
  return limit * (Number.isSafeInteger(answers) && (answers as number) > 1 ? (answers as number) : 1);
}
