import { describe, expect, it } from 'vitest';
import { Threads } from '../../test/agents/talk.js';

const ASK = 'How high is the water at the upper gauge?';
const SAID = 'Two metres and ten centimetres, and rising.';
const user = (content: string) => ({ role: 'user', content });
const answer = (content: string) => ({ role: 'assistant', content });
const calls = (id: string, name = 'gauge') => ({
  role: 'assistant',
  content: null,
  tool_calls: [{ id, type: 'function', function: { name, arguments: '{}' } }],
});
const found = (id: string) => ({ role: 'tool', tool_call_id: id, content: '2.1 m' });
const given = (message: object) => ({ choices: [{ index: 0, message, finish_reason: 'stop' }] });
const ask = (threads: Threads, messages: object[], reply: object) =>
  threads.place(
    'chat.completions',
    { messages: [{ role: 'system', content: 'You mind a dam.' }, ...messages] },
    given(reply),
  );

describe('requests without their whole past', () => {
  it('the window of a client that keeps the last messages: found by the call of a tool, or by what was asked and said last', () => {
    const threads = new Threads();
    const id = 'call_4da0d42e83323be0e9a14d8e';
    const [first, second] = [user(ASK), user('And at the lower one, by the mill?')];
    const turns = [
      ask(threads, [first], calls(id)),
      ask(threads, [first, calls(id), found(id)], answer(SAID)),
      ask(threads, [calls(id), found(id), answer(SAID), second], answer('One metre, and it falls since noon.')),
      ask(threads, [second, answer('One metre, and it falls since noon.'), user('Why?')], answer('A gate was opened.')),
    ];
    expect(turns.slice(1).map(({ joint }) => [joint?.relation, joint?.turnId])).toEqual([
      ['continues', 'turn-0'],
      ['continues', 'turn-1'],
      ['continues', 'turn-2'],
    ]);
  });

  it('an app that sends back what was said and none of its tools goes on from the answer, run after run, and forks nothing', () => {
    const threads = new Threads();
    for (const n of [0, 3]) {
      ask(threads, [user(ASK)], calls(`c${n}`));
      const told = ask(threads, [user(ASK), calls(`c${n}`), found(`c${n}`)], answer(SAID));
      const next = ask(threads, [user(ASK), answer(SAID), user('Why?')], answer('Rain.'));
      expect([next.joint?.relation, next.joint?.turnId]).toEqual(['continues', `turn-${n + 1}`]);
      expect(next.conversationId).toBe(told.conversationId);
    }
  });

  it('an answer that was changed is a fork of what was asked, however long what precedes it', () => {
    const threads = new Threads();
    ask(threads, [user(ASK)], answer(SAID));
    const past = [user(ASK), answer(SAID), user('And at the lower one, by the mill?')];
    ask(threads, past, answer('One metre, and it falls since noon.'));
    const edited = ask(threads, [...past, answer('Nothing of the kind was said.'), user('Why?')], answer('Rain.'));
    expect([edited.joint?.relation, edited.joint?.turnId]).toEqual(['forks', 'turn-1']);
  });

  it('the Vercel AI SDK names what OpenAI keeps by its ids instead of sending it, and two runs say the same', () => {
    const threads = new Threads();
    const item = (kind: string, n: number) => `${kind}_${n}8d39b3e24631b524eaa32bf5`;
    const said = (n: number, ...more: object[]) => ({
      object: 'response',
      status: 'completed',
      output: [
        { type: 'message', id: item('msg', n), role: 'assistant', content: [{ type: 'output_text', text: SAID }] },
        ...more,
      ],
    });
    const start = [{ role: 'user', content: [{ type: 'input_text', text: ASK }] }];
    const reference = (n: number) => ({ type: 'item_reference', id: item('msg', n) });
    for (const n of [0, 3]) {
      const call = { type: 'function_call', call_id: `c${n}`, name: 'gauge', arguments: '{}' };
      const first = threads.place('responses', { input: start }, said(n, { ...call, id: item('fc', n) }));
      const result = { type: 'function_call_output', call_id: `c${n}`, output: '2.1 m' };
      const past = [...start, reference(n), call, result];
      const second = threads.place('responses', { input: past }, said(n + 1));
      const third = threads.place('responses', { input: [...past, reference(n + 1), ...start] }, said(n + 2));
      expect([second, third].map(({ joint }) => [joint?.relation, joint?.turnId])).toEqual([
        ['continues', `turn-${n}`],
        ['continues', `turn-${n + 1}`],
      ]);
      expect(third.conversationId).toBe(first.conversationId);
    }
  });
});

describe('what tells no conversation from another', () => {
  it.each(['call_0', 'functions.gauge:0', 'call_search_all_the_gauges_1', 'aaaaaaaaaaaaaaaaaaaa1a'])(
    'an id of a call that others have, too: %s',
    (id) => {
      const threads = new Threads();
      ask(threads, [user(ASK)], calls(id));
      expect(ask(threads, [calls(id), found(id)], answer(SAID)).joint).toBeNull();
    },
  );

  it('a short question with a short answer', () => {
    const threads = new Threads();
    ask(threads, [user('hi')], answer('Hello! How can I help you today?'));
    const other = [user(ASK), answer(SAID), user('hi'), answer('Hello! How can I help you today?'), user('Bye')];
    expect(ask(threads, other, answer('Bye.')).joint).toBeNull();
  });
});
