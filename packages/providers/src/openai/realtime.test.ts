import { describe, expect, it } from 'vitest';
import type { SessionReader } from '../session/session-reader.js';
import { RealtimeReader } from './realtime.js';
import { ResponsesSession } from './responses-session.js';

/** Sends an event in two pieces. */
function hear(reader: SessionReader, event: object | string) {
  const bytes = Buffer.from(typeof event === 'string' ? event : JSON.stringify(event));
  reader.receive(bytes.subarray(0, 7));
  reader.receive(bytes.subarray(7));
  return reader.received();
}

function say(reader: SessionReader, event: object): void {
  reader.send(Buffer.from(JSON.stringify(event)));
  reader.sent();
}

describe('a realtime session', () => {
  it('of fully cached audio counts it as such: a million tokens are no million of fresh ones', () => {
    const reader = new RealtimeReader('gpt-realtime');
    const cached = { text_tokens: 0, audio_tokens: 1_000_000 };
    const usage = {
      ...{ total_tokens: 1_000_000, input_tokens: 1_000_000, output_tokens: 0 },
      input_token_details: {
        text_tokens: 0,
        audio_tokens: 1_000_000,
        cached_tokens: 1_000_000,
        cached_tokens_details: cached,
      },
    };
    const [sign] = hear(reader, {
      type: 'response.done',
      response: { id: 'r', status: 'completed', usage },
    });
    expect(sign).toMatchObject({
      kind: 'ended',
      reading: {
        servedModel: 'gpt-realtime',
        usageSource: 'reported',
        meters: { input: 0, cachedInput: 1_000_000, cachedAudioInput: 1_000_000, audioInput: 0, output: 0 },
        rawUsage: JSON.stringify(usage),
      },
    });
  });

  it('of transcription alone begins a turn with what was said and ends it with its transcript', () => {
    const reader = new RealtimeReader(null);
    const session = { id: 'sess', type: 'transcription', audio: { input: { transcription: { model: 'whisper-1' } } } };
    expect(hear(reader, { type: 'session.created', session })).toEqual([]);
    const turn = { id: 'item/transcript', endpoint: 'realtime.transcription', model: 'whisper-1' };
    expect(hear(reader, { type: 'input_audio_buffer.committed', item_id: 'item' })).toEqual([{ kind: 'begun', turn }]);
    const type = 'conversation.item.input_audio_transcription.completed';
    const [ended] = hear(reader, { type, item_id: 'item', usage: { type: 'duration', seconds: 12 } });
    expect(ended).toMatchObject({
      ...{ kind: 'ended', turn },
      reading: {
        servedModel: 'whisper-1',
        otherMeters: { audioSeconds: 12 },
        rawUsage: '{"type":"duration","seconds":12}',
      },
    });
  });

  it('keeps what a broken-off answer used, and knows nothing where it says nothing', () => {
    const reader = new RealtimeReader('m');
    const usage = { total_tokens: 9, input_tokens: 7, output_tokens: 2 };
    const done = (response: object) => hear(reader, { type: 'response.done', response });
    expect(done({ id: 'a', status: 'cancelled', usage })).toMatchObject([
      { reading: { usageSource: 'reported', meters: { input: 7, output: 2 }, errorCode: null } },
    ]);
    const status_details = { error: { type: 'server_error', code: 'rate_limit_exceeded' } };
    expect(done({ id: 'b', status: 'failed', status_details, usage: null })).toMatchObject([
      { reading: { usageSource: 'none', meters: {}, rawUsage: null, errorCode: 'rate_limit_exceeded' } },
    ]);
  });

  it('waits for what was asked for until it begins or is turned down', () => {
    const reader = new RealtimeReader('m');
    say(reader, { type: 'input_audio_buffer.append', audio: 'response.create' });
    expect(reader.awaited).toBe(0);
    say(reader, { type: 'response.create' });
    say(reader, { type: 'response.create' });
    hear(reader, { type: 'response.created', response: { id: 'a' } });
    hear(reader, { type: 'error', error: { code: 'conversation_already_has_active_response' } });
    expect(reader.awaited).toBe(0);
  });

  it('takes anything for a message without throwing', () => {
    const reader = new RealtimeReader('m');
    for (const text of [
      '',
      'null',
      '[]',
      '{"type":5}',
      '{"type":"response.done"}',
      '{"type":"response.done","response":3}',
      '{',
    ]) {
      expect(hear(reader, text)).toEqual([]);
    }
  });
});

describe('a Responses session', () => {
  it('meters one answer after the other as a stream of the same would be, however large the last event', () => {
    const session = new ResponsesSession();
    say(session, { type: 'response.create', model: 'gpt-5', input: 'How high is the river?' });
    expect(session.awaited).toBe(1);
    const model = 'gpt-5-2025-08-07';
    const turn = { id: 'resp_1', endpoint: 'responses', model };
    expect(hear(session, { type: 'response.created', response: { id: 'resp_1', model } })).toEqual([
      { kind: 'begun', turn },
    ]);
    expect(session.awaited).toBe(0);
    expect(hear(session, { type: 'response.output_text.delta', delta: 'H' })).toEqual([
      { kind: 'first_token', id: 'resp_1' },
    ]);
    expect(hear(session, { type: 'response.output_text.delta', delta: 'i' })).toEqual([]);
    const usage = {
      ...{ input_tokens: 100, output_tokens: 30, total_tokens: 130 },
      ...{ input_tokens_details: { cached_tokens: 64 }, output_tokens_details: { reasoning_tokens: 12 } },
    };
    const response = { id: 'resp_1', model, output: ['x'.repeat(3_000_000)], usage, service_tier: 'priority' };
    expect(hear(session, { type: 'response.completed', response })).toMatchObject([
      {
        ...{ kind: 'ended', turn },
        reading: {
          ...{ servedModel: model, serviceTier: 'priority', usageSource: 'reported', rawUsage: JSON.stringify(usage) },
          meters: { input: 36, cachedInput: 64, output: 30, reasoning: 12 },
        },
      },
    ]);
  });
});
