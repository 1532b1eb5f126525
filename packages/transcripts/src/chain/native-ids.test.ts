import { describe, expect, it } from 'vitest';
import { NATIVE_ID_HEADERS, readNativeIds } from '../index.js';

const read = (headers: Record<string, string>, body: unknown = {}) =>
  readNativeIds((name) => headers[name] ?? null, body);
const UUID = '2c4e1cf0-7a67-4d2e-9a4b-1d16d3f44752';

describe('what a call says about its conversation', () => {
  it.each<[string, Record<string, string>, unknown, string, string]>([
    ['a header of ours', { 'x-weir-conversation': 'c1', 'session-id': 's' }, { conversation: 'k' }, 'c1', 'header'],
    ['baggage', { baggage: 'a=b, gen_ai.conversation.id=c%201;x=y' }, {}, 'c 1', 'header'],
    ['OpenAI’s conversation', {}, { conversation: { id: 'conv_1' } }, 'conv_1', 'provider_id'],
    ['OpenAI’s conversation by its id', {}, { conversation: 'conv_1' }, 'conv_1', 'provider_id'],
    ['Claude Code', { 'x-claude-code-session-id': UUID }, {}, UUID, 'session_header'],
    [
      'Claude Code’s user id',
      {},
      { metadata: { user_id: JSON.stringify({ device_id: 'd', session_id: UUID }) } },
      UUID,
      'session_header',
    ],
    [
      'Claude Code’s older user id',
      {},
      { metadata: { user_id: `user_ab12_account__session_${UUID}` } },
      UUID,
      'session_header',
    ],
    ['Codex', { 'session-id': 's1', 'thread-id': 's1' }, {}, 's1', 'session_header'],
    ['Codex before', { session_id: 's1' }, {}, 's1', 'session_header'],
    ['OpenCode', { 'x-session-affinity': 'ses_1' }, {}, 'ses_1', 'session_header'],
  ])('%s', (_who, headers, body, id, inferredBy) => {
    expect(read(headers, body)).toMatchObject({ conversation: { id, inferredBy }, agentId: null });
  });

  it('which agent of a session calls, and which one started it', () => {
    const claude = {
      'x-claude-code-session-id': UUID,
      'x-claude-code-agent-id': 'a1',
      'x-claude-code-parent-agent-id': 'a0',
    };
    expect(read(claude)).toMatchObject({ agentId: 'a1', parentAgentId: 'a0' });
    const codex = { 'session-id': 's1', 'thread-id': 't2', 'x-codex-parent-thread-id': 's1' };
    expect(read(codex)).toMatchObject({ conversation: { id: 's1' }, agentId: 't2', parentAgentId: 's1' });
    expect(read({ 'x-session-affinity': 'ses_2', 'x-parent-session-id': 'ses_1' })).toMatchObject({
      parentConversationId: 'ses_1',
    });
  });

  it('the answer it goes on from, and the trace it is part of', () => {
    expect(read({}, { previous_response_id: 'resp_1' }).previousResponseId).toBe('resp_1');
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    expect(read({ traceparent }).trace).toEqual({
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      spanId: '00f067aa0ba902b7',
      isSampled: true,
    });
    expect(read({ traceparent: '00-00000000000000000000000000000000-00f067aa0ba902b7-01' }).trace).toBeNull();
  });

  it.each<[string, string | null, string | null]>([
    ['v1/responses/resp_1', 'resp_1', null],
    ['openai/v1/responses/resp_1/cancel', 'resp_1', null],
    ['v1beta/interactions/v1_abc?stream=true', 'v1_abc', null],
    ['v1/conversations/conv_1/items', null, 'conv_1'],
    ['v1/responses', null, null],
    ['v1/responses/compact', null, null],
    ['v1/conversations', null, null],
  ])('what is kept upstream is named by the address: %s', (path, previousResponseId, conversation) => {
    expect(readNativeIds(() => null, null, path)).toMatchObject({
      previousResponseId,
      conversation: conversation && { id: conversation, inferredBy: 'provider_id' },
    });
  });

  it.each<[Record<string, string>, unknown]>([
    [{ 'session-id': ' ' }, null],
    [{ 'session-id': 'x'.repeat(300) }, []],
    [
      { 'session-id': 'a\u0000b', baggage: 'gen_ai.conversation.id=%zz' },
      { conversation: 7, metadata: { user_id: '{"session_id":' } },
    ],
    [{}, { metadata: { user_id: 'user-4711' } }],
  ])('nothing where nothing is said: %j %j', (headers, body) => {
    expect(read(headers, body).conversation).toBeNull();
  });

  it('under no header that is not listed', () => {
    const asked = new Set<string>();
    readNativeIds((name) => {
      asked.add(name);
      return null;
    }, {});
    expect([...asked].sort()).toEqual([...NATIVE_ID_HEADERS].sort());
  });
});
