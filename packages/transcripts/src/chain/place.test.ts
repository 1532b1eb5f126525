import { describe, expect, it } from 'vitest';
import { type Joint, placeTurn, readNativeIds, readReply, readRequest, turnLinks } from '../index.js';

const nothing = readNativeIds(() => null, null);
const header = readNativeIds((name) => (name === 'x-weir-conversation' ? 'c1' : null), null);
const joint = (conversationId: string): Joint => ({
  ...{ relation: 'forks', turnId: 't1', conversationId, afterKey: 'k', callId: null },
});

describe('where a turn belongs', () => {
  it('begins a conversation where nothing is stated and nothing fits', () => {
    expect(placeTurn(nothing, null, null)).toMatchObject({
      conversationId: null,
      inferredBy: null,
      relation: 'starts',
    });
  });

  it('what it says counts where nothing is stated', () => {
    expect(placeTurn(nothing, null, joint('c7'))).toMatchObject({
      conversationId: 'c7',
      inferredBy: 'prefix',
      relation: 'forks',
    });
  });

  it('what is stated counts before that, which still tells its place in the conversation', () => {
    expect(placeTurn(header, null, joint('c1'))).toMatchObject({
      conversationId: 'c1',
      inferredBy: 'header',
      relation: 'forks',
      parentTurnId: 't1',
    });
    expect(placeTurn(header, null, joint('c7'))).toMatchObject({
      conversationId: 'c1',
      relation: 'starts',
      parentTurnId: null,
    });
  });

  it('the answer a call names is what it goes on from', () => {
    const previous = { turnId: 't4', conversationId: 'c4' };
    expect(placeTurn(nothing, previous, null)).toMatchObject({
      ...{ conversationId: 'c4', inferredBy: 'provider_id', relation: 'continues', parentTurnId: 't4' },
    });
  });

  it('a request whose past is kept upstream is not taken for the beginning of another', () => {
    const request = readRequest('responses', Buffer.from('{"input":"yes, please do all of that"}'));
    const reply = readReply(Buffer.from('{"object":"response","status":"completed","output":[]}'));
    const scope = { projectId: 'p', appId: 'a', user: null };
    const kept = turnLinks(scope, request, reply, 'resp_1');
    const fresh = turnLinks(scope, request, reply);
    expect(kept.requestKey).not.toBe(fresh.requestKey);
    expect([kept.hasHistory, fresh.hasHistory]).toEqual([true, false]);
    expect(turnLinks(scope, request, reply, 'resp_1').requestKey).toBe(kept.requestKey);
  });
});
