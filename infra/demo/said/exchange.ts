import type { Answer, Story } from './story.js';

/** An answer with the ids that an upstream gives its calls of tools. */
export interface GivenAnswer extends Answer {
  readonly callIds: readonly string[];
}

/** A question that was asked, and its answer. */
export interface Exchange {
  readonly asks: string | null;
  readonly answer: GivenAnswer;
}

/** One call of a story: what went before, what it asks, and what comes back. */
export interface StoryCall {
  readonly story: Pick<Story, 'model' | 'streamed' | 'tools'>;
  readonly system: string;
  readonly past: readonly Exchange[];
  readonly asks: string | null;
  readonly answer: GivenAnswer;
  readonly id: string;
}

/** What passes of a call, in the words of one upstream. */
export interface Bodies {
  readonly request: string;
  readonly response: string;
  readonly status: number;
  readonly contentType: string;
}

/** What a model counts. Nobody runs one here; about right for English. */
export const tokensIn = (text: string): number => Math.ceil(text.length / 4);

const DELTA_CHARACTERS = 48;

/** As a stream tells it. */
export function inDeltas(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / DELTA_CHARACTERS) }, (_none, at) =>
    text.slice(at * DELTA_CHARACTERS, (at + 1) * DELTA_CHARACTERS),
  );
}
