import { type JsonObject, objectOf } from '@weir/providers';
import { either, geminiParts } from '../dialect/gemini.js';
import { listOf } from '../dialect/list-of.js';
import { stringOr } from '../message/make.js';
import type { Assembler, Said } from './reading.js';
import { outputOf } from './said.js';

interface Candidate {
  readonly parts: unknown[];
  finish: string | null;
}

/** Candidates of Gemini, whole or in parts of a stream. A prompt that is blocked has an answer without words. */
export class GeminiAssembler implements Assembler {
  private responseId: string | null = null;
  private blocked: string | null = null;
  private readonly candidates = new Map<number, Candidate>();

  take(event: JsonObject): boolean {
    const feedback = objectOf(either(event, 'promptFeedback', 'prompt_feedback'));
    const usage = either(event, 'usageMetadata', 'usage_metadata');
    if (!Array.isArray(event.candidates) && feedback === null && usage === undefined) return false;
    this.responseId = stringOr(either(event, 'responseId', 'response_id'), this.responseId);
    if (feedback !== null) this.blocked = stringOr(either(feedback, 'blockReason', 'block_reason'), this.blocked);
    for (const each of listOf(event.candidates)) {
      const candidate = objectOf(each);
      if (candidate !== null) this.takeCandidate(candidate);
    }
    return true;
  }

  said(): Said {
    const { responseId, blocked } = this;
    const candidates = [...this.candidates].sort(([a], [b]) => a - b).map(([, candidate]) => candidate);
    if (candidates.length === 0 && blocked !== null) {
      const refused = { ...outputOf([], blocked), finish_reason: 'content_filter' };
      return { responseId, messages: [refused], isEnded: true };
    }
    return {
      responseId,
      messages: candidates.map(({ parts, finish }) => outputOf(geminiParts({ parts }), finish)),
      isEnded: candidates.length > 0 && candidates.every(({ finish }) => finish !== null),
    };
  }

  private takeCandidate(candidate: JsonObject): void {
    const index = typeof candidate.index === 'number' ? candidate.index : 0;
    const known = this.candidates.get(index) ?? { parts: [], finish: null };
    this.candidates.set(index, known);
    known.parts.push(...listOf(objectOf(candidate.content)?.parts));
    known.finish = stringOr(either(candidate, 'finishReason', 'finish_reason'), known.finish);
  }
}
