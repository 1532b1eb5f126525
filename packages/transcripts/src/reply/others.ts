import { type JsonObject, objectOf } from '@weir/providers';
import { assistantParts } from '../dialect/chat.js';
import { listOf } from '../dialect/list-of.js';
import { blob, stringOr, textPart, uri } from '../message/make.js';
import type { Part } from '../message/part.js';
import { MessageDraft } from './message-draft.js';
import type { Assembler, Said } from './reading.js';
import { outputOf } from './said.js';

const TEXTS = ['generation', 'outputText', 'response', 'completion', 'text', 'transcript'] as const;
const FINISHES = ['finish_reason', 'stop_reason', 'done_reason', 'completionReason'] as const;
/** Lists of vectors and scores: answers without words. */
const WORDLESS = ['embedding', 'embeddings', 'embeddingsByType', 'results'] as const;

/**
 * Models of Bedrock in their own words (Llama, Titan, Mistral), Cohere and Ollama, pictures, vectors, and transcriptions.
 * (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters.html,
 * https://docs.cohere.com/reference/chat-stream, https://docs.ollama.com/api)
 */
export class OthersAssembler implements Assembler {
  private readonly draft = new MessageDraft();
  private text = '';
  private readonly pictures: Part[] = [];
  private finish: string | null = null;
  private responseId: string | null = null;
  private hasSaid = false;
  private isEnded = false;

  take(event: JsonObject): boolean {
    const message = objectOf(event.message) ?? objectOf(objectOf(event.delta)?.message);
    const texts = [
      event,
      ...['results', 'outputs', 'generations'].flatMap((name) => listOf(event[name]).map(objectOf)),
    ];
    const said = texts.flatMap((each) => TEXTS.map((name) => each?.[name])).filter((text) => typeof text === 'string');
    const data = listOf(event.data).map(objectOf);
    const isKnown = message !== null || said.length > 0 || data.length > 0 || WORDLESS.some((name) => name in event);
    const isEnd = this.takeEnd(event, texts);
    if (!isKnown && !isEnd) return false;
    if (message !== null) this.takeMessage(message);
    this.text += said.join('');
    for (const picture of data) this.takePicture(picture);
    this.hasSaid ||= message !== null || said.length > 0 || this.pictures.length > 0;
    this.isEnded ||= WORDLESS.some((name) => name in event) || data.length > 0;
    this.responseId ??= stringOr(event.id ?? event.generation_id, null);
    return true;
  }

  said(): Said {
    const parts = [...(this.text === '' ? [] : [textPart(this.text)]), ...assistantParts(this.draft.message())];
    const { responseId, isEnded } = this;
    return {
      responseId,
      messages: this.hasSaid ? [outputOf([...parts, ...this.pictures], this.finish)] : [],
      isEnded,
    };
  }

  private takeEnd(event: JsonObject, texts: readonly (JsonObject | null)[]): boolean {
    const holders = [...texts, objectOf(event.delta), objectOf(event.response)];
    const reasons = holders.flatMap((each) => FINISHES.map((name) => stringOr(each?.[name], null)));
    const reason = reasons.find((each) => each !== null) ?? null;
    if (reason !== null) this.finish = reason;
    const isEnd = reason !== null || event.done === true || event.type === 'message-end';
    this.isEnded ||= isEnd;
    return isEnd;
  }

  /** Cohere streams one part of a list at a time, as an object. */
  private takeMessage(message: JsonObject): void {
    this.draft.add(message);
  }

  private takePicture(item: JsonObject | null): void {
    if (typeof item?.b64_json === 'string') this.pictures.push(blob('image', null, item.b64_json));
    else if (typeof item?.url === 'string') this.pictures.push(uri('image', item.url));
  }
}
