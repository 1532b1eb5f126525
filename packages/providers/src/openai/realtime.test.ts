import { describe, expect, it } from 'vitest';
import { RealtimeReader } from './realtime.js';

const message = (event: object) => Buffer.from(JSON.stringify(event));

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
    const [sign] = reader.received(
      message({ type: 'response.done', response: { id: 'r', status: 'completed', usage } }),
    );
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
    expect(reader.received(message({ type: 'session.created', session }))).toEqual([]);
    const turn = { id: 'item/transcript', endpoint: 'realtime.transcription', model: 'whisper-1' };
    expect(reader.received(message({ type: 'input_audio_buffer.committed', item_id: 'item' }))).toEqual([
      { kind: 'begun', turn },
    ]);
    const type = 'conversation.item.input_audio_transcription.completed';
    const [ended] = reader.received(message({ type, item_id: 'item', usage: { type: 'duration', seconds: 12 } }));
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
    const done = (response: object) => reader.received(message({ type: 'response.done', response }));
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
    reader.sent(message({ type: 'input_audio_buffer.append', audio: 'response.create' }));
    expect(reader.awaited).toBe(0);
    reader.sent(message({ type: 'response.create' }));
    reader.sent(message({ type: 'response.create' }));
    reader.received(message({ type: 'response.created', response: { id: 'a' } }));
    reader.received(message({ type: 'error', error: { code: 'conversation_already_has_active_response' } }));
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
      expect(reader.received(Buffer.from(text))).toEqual([]);
    }
  });
});
