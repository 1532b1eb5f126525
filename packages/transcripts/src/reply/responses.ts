import { type JsonObject, objectOf } from '@weir/providers';
import { listOf } from '../dialect/list-of.js';
import { type LeftOutAudio, leftOutAudio, withSound } from '../dialect/realtime.js';
import { itemOf } from '../dialect/responses.js';
import { stringOr } from '../message/make.js';
import type { Part } from '../message/part.js';
import { ItemDraft } from './item-draft.js';
import type { Assembler, Said } from './reading.js';
import { outputOf } from './said.js';

const ENDED = /^(?:completed|incomplete|failed|cancelled)$/;

/** Responses of OpenAI, and of its Realtime sessions, whole or streamed. The last event repeats what the others said. */
export class ResponsesAssembler implements Assembler {
  private response: JsonObject | null = null;
  private readonly items = new Map<string, ItemDraft>();
  /** Of spoken answers, by item. */
  private readonly sounds = new Map<string, LeftOutAudio>();

  take(event: JsonObject, name: string | null): boolean {
    if (event.object === 'response') {
      this.response = event;
      return true;
    }
    const type = stringOr(event.type, name ?? '');
    const sound = leftOutAudio(event);
    if (sound !== null && typeof event.item_id === 'string') this.sounds.set(event.item_id, sound);
    if (sound !== null) return true;
    if (!type.startsWith('response.')) return false;
    const response = objectOf(event.response);
    if (response !== null) this.response = response;
    else this.takePart(type, event);
    return true;
  }

  said(): Said {
    const { response } = this;
    const listed = listOf(response?.output);
    const repeated = this.partsOf(listed);
    const drafts = [...this.items.values()].map((draft) => draft.item());
    const grown = this.partsOf(drafts);
    // Some servers leave out of the repetition what they streamed.
    const parts = lengthOf(grown) > lengthOf(repeated) ? grown : repeated;
    const status = stringOr(response?.status, null);
    const reason = stringOr(objectOf(response?.incomplete_details)?.reason, null);
    const finish = status === 'in_progress' || status === 'queued' ? null : (reason ?? status);
    return {
      responseId: stringOr(response?.id, null),
      itemIds: (drafts.length > listed.length ? drafts : listed).flatMap(
        (item) => stringOr(objectOf(item)?.id, null) ?? [],
      ),
      messages: parts.length > 0 || finish !== null ? [outputOf(parts, finish)] : [],
      isEnded: status === null ? response !== null && listed.length > 0 : ENDED.test(status),
      isPending: status === 'queued' || (status === 'in_progress' && this.items.size === 0),
    };
  }

  private takePart(type: string, event: JsonObject): void {
    const key = String(event.output_index ?? event.item_id ?? this.items.size);
    const item = objectOf(event.item);
    const draft = this.items.get(key) ?? new ItemDraft();
    if (item === null && !draft.isKnown(type)) return;
    this.items.set(key, draft);
    if (item === null) draft.extend(type, event);
    else draft.replace(item);
  }

  private partsOf(items: readonly unknown[]): Part[] {
    return items.flatMap((each) => {
      const item = objectOf(each);
      const sound = this.sounds.get(String(item?.id));
      return item === null ? [] : itemOf(sound === undefined ? item : withSound(item, sound)).parts;
    });
  }
}

const lengthOf = (parts: readonly Part[]): number => JSON.stringify(parts).length;
