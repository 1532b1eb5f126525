import { type JsonObject, objectOf } from '@weir/providers';
import { listOf } from '../dialect/list-of.js';
import { stringOr } from '../message/make.js';

const TEXTS = ['reasoning_content', 'reasoning', 'thinking', 'tool_plan', 'refusal'] as const;

interface CallDraft {
  id: string | null;
  kind: 'function' | 'custom';
  name: string;
  /** Text of what came in pieces, or the whole value. */
  input: unknown;
}

/** A message in OpenAI's chat form that comes whole, or in any number of pieces. */
export class MessageDraft {
  private readonly texts = new Map<string, string>();
  private content = '';
  private parts: JsonObject[] | null = null;
  private readonly calls: CallDraft[] = [];
  private readonly callAt = new Map<number, CallDraft>();
  private functionCall: CallDraft | null = null;
  private audio: Record<string, unknown> | null = null;
  private readonly images: unknown[] = [];
  private readonly details: unknown[] = [];

  add(delta: JsonObject): void {
    for (const name of TEXTS) {
      const text = stringOr(delta[name], '');
      if (text !== '') this.texts.set(name, (this.texts.get(name) ?? '') + text);
    }
    this.addContent(delta.content);
    this.images.push(...listOf(delta.images));
    this.details.push(...listOf(delta.reasoning_details));
    const audio = objectOf(delta.audio);
    if (audio !== null) this.addAudio(audio);
    const called = objectOf(delta.function_call);
    if (called !== null) {
      this.functionCall ??= { id: null, kind: 'function', name: '', input: '' };
      extend(this.functionCall, called.name, called.arguments);
    }
    const calls = Array.isArray(delta.tool_calls) ? delta.tool_calls : [delta.tool_calls];
    for (const each of calls) this.addCall(objectOf(each));
  }

  message(): JsonObject {
    const { content, parts, audio, images, functionCall } = this;
    const called = functionCall && { function_call: { name: functionCall.name, arguments: functionCall.input } };
    return {
      ...Object.fromEntries(this.texts),
      content: parts === null ? content : [...(content === '' ? [] : [{ type: 'text', text: content }]), ...parts],
      ...(audio && { audio }),
      images,
      reasoning_details: this.details,
      tool_calls: this.calls.map(({ id, kind, name, input }) => ({
        id,
        [kind]: { name, [kind === 'custom' ? 'input' : 'arguments']: input },
      })),
      ...called,
    };
  }

  private addContent(content: unknown): void {
    if (typeof content === 'string') {
      if (this.parts === null) this.content += content;
      else if (content !== '') this.addPart({ type: 'text', text: content });
      return;
    }
    const list = Array.isArray(content) ? content : [content];
    for (const each of list) {
      const part = typeof each === 'string' ? { type: 'text', text: each } : objectOf(each);
      if (part !== null) this.addPart(part);
    }
  }

  /** Text and thinking that go on are one part. */
  private addPart(part: JsonObject): void {
    this.parts ??= [];
    const last = this.parts.at(-1);
    const member = part.type === 'thinking' ? 'thinking' : 'text';
    const isMore = last !== undefined && last.type === part.type && (part.type === 'text' || part.type === 'thinking');
    if (!isMore) {
      this.parts.push(part);
      return;
    }
    const before = last[member];
    const more = part[member];
    const joined = Array.isArray(before) && Array.isArray(more) ? [...before, ...more] : `${before ?? ''}${more ?? ''}`;
    this.parts[this.parts.length - 1] = { ...last, ...part, [member]: joined };
  }

  private addAudio(audio: JsonObject): void {
    const before = this.audio ?? {};
    const joined = (name: string) => `${before[name] ?? ''}${stringOr(audio[name], '')}`;
    const data = joined('data');
    const transcript = joined('transcript');
    this.audio = { ...before, ...audio, ...(data !== '' && { data }), ...(transcript !== '' && { transcript }) };
  }

  private addCall(call: JsonObject | null): void {
    if (call === null) return;
    const custom = objectOf(call.custom);
    const called = custom ?? objectOf(call.function);
    const draft = this.draftOf(call, custom === null ? 'function' : 'custom');
    draft.id ??= stringOr(call.id, null);
    extend(draft, called?.name, custom === null ? called?.arguments : custom.input);
  }

  /** By its index; where servers send none, or the same for all, a new id begins a new call. */
  private draftOf(call: JsonObject, kind: CallDraft['kind']): CallDraft {
    const id = stringOr(call.id, null);
    const index = typeof call.index === 'number' ? call.index : null;
    const known = index === null ? this.calls.at(-1) : this.callAt.get(index);
    const hasName = stringOr((objectOf(call.function) ?? objectOf(call.custom))?.name, null) !== null;
    const isOther = id === null ? index === null && hasName : known?.id !== null && known?.id !== id;
    if (known !== undefined && !isOther) return known;
    const draft: CallDraft = { id, kind, name: '', input: '' };
    this.calls.push(draft);
    if (index !== null) this.callAt.set(index, draft);
    return draft;
  }
}

function extend(draft: CallDraft, name: unknown, input: unknown): void {
  const piece = stringOr(name, '');
  // Some servers repeat the whole name with every piece.
  if (piece !== draft.name) draft.name += piece;
  if (typeof input === 'string' && typeof draft.input === 'string') draft.input += input;
  else if (input !== undefined && input !== null) draft.input = input;
}
