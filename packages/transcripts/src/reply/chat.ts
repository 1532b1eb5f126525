import { type JsonObject, objectOf } from '@weir/providers';
import { assistantParts } from '../dialect/chat.js';
import { stringOr, textPart } from '../message/make.js';
import { MessageDraft } from './message-draft.js';
import type { Assembler, Said } from './reading.js';
import { outputOf } from './said.js';

interface Choice {
  readonly draft: MessageDraft;
  /** Of the older completions, which are text and no message. */
  text: string;
  finish: string | null;
}

/** Choices of OpenAI's chat and completions, whole or streamed. */
export class ChatAssembler implements Assembler {
  private readonly choices = new Map<number, Choice>();
  private responseId: string | null = null;

  take(event: JsonObject): boolean {
    if (!Array.isArray(event.choices)) return false;
    this.responseId ??= stringOr(event.id, null);
    event.choices.forEach((each, position) => {
      const choice = objectOf(each);
      if (choice !== null) this.takeChoice(choice, position);
    });
    return true;
  }

  said(): Said {
    const choices = [...this.choices].sort(([a], [b]) => a - b).map(([, choice]) => choice);
    return {
      responseId: this.responseId,
      messages: choices.map(({ draft, text, finish }) => {
        const parts = assistantParts(draft.message());
        return outputOf(text === '' ? parts : [textPart(text), ...parts], finish);
      }),
      isEnded: choices.length > 0 && choices.every(({ finish }) => finish !== null),
    };
  }

  private takeChoice(choice: JsonObject, position: number): void {
    const index = typeof choice.index === 'number' ? choice.index : position;
    const known = this.choices.get(index) ?? { draft: new MessageDraft(), text: '', finish: null };
    this.choices.set(index, known);
    const message = objectOf(choice.message);
    if (message !== null) known.draft.add(message);
    const delta = objectOf(choice.delta);
    if (delta !== null) known.draft.add(delta);
    known.text += stringOr(choice.text, '');
    known.finish = stringOr(choice.finish_reason, known.finish);
  }
}
