import { describe, expect, it } from 'vitest';
import { realtimeScript, responsesScript } from './session-script.js';

const bytes = (event: unknown) => Buffer.from(typeof event === 'string' ? event : JSON.stringify(event));

describe('messages of a Realtime session', () => {
  it.each([
    [{ type: 'response.create' }, 'asks'],
    [{ type: 'conversation.item.create', item: {} }, 'given'],
    [{ type: 'session.update', session: {} }, 'given'],
    [{ type: 'input_audio_buffer.commit' }, 'given'],
    [{ type: 'of.the.future' }, 'given'],
    [{ type: 'response.cancel' }, 'aside'],
    ['no JSON', 'given'],
  ])('%j of the app: %s', (event, kind) => expect(realtimeScript.sent(bytes(event)).kind).toBe(kind));

  it.each([
    [{ type: 'session.updated', session: {} }, { kind: 'session' }],
    [{ type: 'input_audio_buffer.committed' }, { kind: 'given', endsAudio: true }],
    [
      { type: 'response.created', response: { id: 'r' } },
      { kind: 'said', turnId: 'r' },
    ],
    [
      { type: 'response.output_text.delta', response_id: 'r', delta: 'a' },
      { kind: 'said', turnId: 'r' },
    ],
    [
      { type: 'response.audio.done', response_id: 'r' },
      { kind: 'said', turnId: 'r', endsAudio: true },
    ],
    [{ type: 'error', error: {} }, { kind: 'refused' }],
    [{ type: 'rate_limits.updated' }, { kind: 'aside' }],
    ['no JSON', { kind: 'aside' }],
  ])('%j of the upstream: %j', (event, part) => expect(realtimeScript.received(bytes(event))).toMatchObject(part));

  it('sound is named by its place, in whatever order members come', () => {
    const message = bytes({ audio: 'QUJD', type: 'input_audio_buffer.append' });
    const part = realtimeScript.sent(message);
    expect(part.kind === 'audio' && message.toString('utf8', part.start, part.end)).toBe('QUJD');
    const delta = bytes({ type: 'response.output_audio.delta', response_id: 'r', item_id: 'i', delta: 'QUJD' });
    const said = realtimeScript.received(delta);
    expect(said).toMatchObject({ kind: 'audio', turnId: 'r', itemId: 'i' });
    expect(said.kind === 'audio' && delta.toString('utf8', said.start, said.end)).toBe('QUJD');
  });
});

describe('messages of a Responses session', () => {
  it('the one that asks is the request, and what tells of an answer is part of it', () => {
    expect(responsesScript.requestForm).toBe('message');
    expect(responsesScript.sent(bytes({ type: 'response.create', input: 'a' })).kind).toBe('asks');
    expect(responsesScript.sent(bytes({ type: 'response.processed' })).kind).toBe('aside');
    expect(responsesScript.received(bytes({ type: 'response.output_text.delta', delta: 'a' }))).toMatchObject({
      ...{ kind: 'said', turnId: null },
    });
    expect(responsesScript.received(bytes({ type: 'error' })).kind).toBe('refused');
  });
});
