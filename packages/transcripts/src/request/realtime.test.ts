import { describe, expect, it } from 'vitest';
import { readReply } from '../reply/index.js';
import { readRequest } from './index.js';

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const turn = (request: object) => readRequest('realtime.response', json(request));
const HASH = 'ab'.repeat(32);
const sound = (bytes: number) => ({ type: 'weir.audio', left_out: 'input_audio_buffer.append', bytes, sha256: HASH });
const blob = (bytes: number) => ({
  ...{ type: 'blob', modality: 'audio', mime_type: null, size_bytes: bytes, sha256: HASH },
});
const item = (text: string, role = 'user') => ({
  type: 'conversation.item.create',
  item: { type: 'message', role, content: [{ type: 'input_text', text }] },
});

describe('an answer of a Realtime session', () => {
  it('is given what it was asked with before how the session stands, and that before what the app wanted', () => {
    const update = {
      type: 'session.update',
      session: { instructions: 'wanted', tools: [{ type: 'function', name: 'a' }] },
    };
    const session = { type: 'session.updated', session: { instructions: 'stands' } };
    const asked = { type: 'response.create', response: { instructions: 'asked' } };
    const instructions = (request: object) => turn(request).systemInstructions;
    const text = (content: string) => [{ type: 'text', content }];
    expect(instructions({ events: [update] })).toEqual(text('wanted'));
    expect(instructions({ events: [update], session })).toEqual(text('stands'));
    expect(instructions({ events: [update, asked], session })).toEqual(text('asked'));
    expect(turn({ events: [update], session }).toolDefinitions).toMatchObject([{ name: 'a' }]);
  });

  it('is given items in their order, those it was asked with last', () => {
    const input = [{ type: 'function_call_output', call_id: 'c', output: 'done' }];
    const { inputMessages } = turn({
      events: [item('first'), item('second'), { type: 'response.create', response: { input } }],
    });
    expect(inputMessages).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'first' }] },
      { role: 'user', parts: [{ type: 'text', content: 'second' }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response: 'done' }] },
    ]);
  });

  it('is given sound that was committed, once, with its words where they came', () => {
    const committed = { type: 'input_audio_buffer.committed', item_id: 'i' };
    const heard = { type: 'conversation.item.input_audio_transcription.completed', item_id: 'i', transcript: 'Hello.' };
    const messages = (...events: object[]) => turn({ events }).inputMessages;
    expect(messages(sound(9), { type: 'input_audio_buffer.commit' }, committed)).toEqual([
      { role: 'user', parts: [blob(9)] },
    ]);
    expect(messages(sound(9), { type: 'input_audio_buffer.commit' })).toEqual([{ role: 'user', parts: [blob(9)] }]);
    expect(messages(sound(9), committed, heard)).toEqual([
      { role: 'user', parts: [{ ...blob(9), transcript: 'Hello.' }] },
    ]);
    expect(messages(sound(9), { type: 'input_audio_buffer.clear' }, item('typed'))).toHaveLength(1);
    // Of the turn before: only now it is known what was said there.
    expect(messages(heard)).toEqual([{ role: 'user', parts: [{ type: 'text', content: 'Hello.' }] }]);
  });

  it('tells why it failed', () => {
    const error = { type: 'server_error', code: 'overloaded', message: 'Try again.' };
    const failed = { id: 'r', object: 'realtime.response', status: 'failed', output: [], status_details: { error } };
    const reply = readReply(json([{ type: 'response.done', response: failed }]));
    expect(reply.errors).toMatchObject([{ code: 'overloaded', message: 'Try again.' }]);
  });

  it('that is spoken is its transcript where its sound is not known, and streams word by word', () => {
    const spoken = {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_audio', transcript: 'Two metres.' }],
    };
    const done = { type: 'response.done', response: { id: 'r', status: 'completed', output: [spoken] } };
    expect(readReply(json([done])).outputMessages[0]?.parts).toEqual([{ type: 'text', content: 'Two metres.' }]);
    const deltas = ['Two ', 'met'].map((delta) => ({
      type: 'response.output_audio_transcript.delta',
      output_index: 0,
      delta,
    }));
    expect(readReply(json(deltas)).outputMessages[0]?.parts).toEqual([{ type: 'text', content: 'Two met' }]);
  });
});
