import { describe, expect, it } from 'vitest';
import { Threads } from '../../test/agents/talk.js';

/** Requests in the shape each client sends them, as observed on the wire; its long texts are shortened. */
const ASK = 'Please look what water is in this place';
const cached = { cache_control: { type: 'ephemeral' } };
const claudeAnswer = (...content: object[]) => ({ type: 'message', content, stop_reason: 'end_turn' });
const text = (words: string, more: object = {}) => ({ type: 'text', text: words, ...more });
const bash = (id: string, command = 'echo water') => ({
  type: 'tool_use',
  id,
  name: 'Bash',
  input: { command, description: 'Say water' },
});
const result = (id: string, content: string) => ({ type: 'tool_result', tool_use_id: id, content });

const claudeSystem = (day: string, cch: string) => [
  text(`x-anthropic-billing-header: cc_version=2.1.329.ea6; cc_entrypoint=cli; cch=${cch};`),
  text('You are Claude Code, Anthropic’s official CLI for Claude.', cached),
  text(`You help with software.\nToday's date: ${day}\nIs directory a git repo: No`, cached),
];
const environment = (day: string) => ({ role: 'system', content: `# Environment\nToday's date is ${day}.` });
const asked = {
  role: 'user',
  content: [text('<system-reminder>\nAs you answer, know this.\n</system-reminder>\n'), text(ASK, cached)],
};

describe('conversations without any header', () => {
  it('Claude Code: marks of the cache move, reminders come and go, thinking and old results shrink, the day changes', () => {
    const threads = new Threads();
    const first = threads.place(
      'messages',
      { system: claudeSystem('2026-11-21', 'a1b2c'), messages: [asked, environment('2026-11-21')] },
      claudeAnswer({ type: 'thinking', thinking: 'Hm.', signature: 'c2ln' }, text('I will look.'), bash('toolu_1')),
    );
    const plain = { role: 'user', content: [text(ASK)] };
    const said = { role: 'assistant', content: [text('I will look.'), bash('toolu_1')] };
    const second = threads.place(
      'messages',
      {
        system: claudeSystem('2026-11-21', 'd3e4f'),
        messages: [
          asked,
          said,
          {
            role: 'user',
            content: [
              { ...result('toolu_1', 'water '.repeat(99)), ...cached },
              text('<system-reminder>Mind the list.</system-reminder>'),
            ],
          },
        ],
      },
      claudeAnswer(text('There is water.\n')),
    );
    const third = threads.place(
      'messages',
      {
        system: claudeSystem('2026-11-22', '00000'),
        messages: [
          plain,
          environment('2026-11-22'),
          said,
          { role: 'user', content: [result('toolu_1', '[Old tool result content cleared]')] },
          { role: 'assistant', content: 'There is water.' },
          { role: 'user', content: [text('And a second thing?', cached)] },
        ],
      },
      claudeAnswer(text('No.')),
    );
    expect([second, third].map(({ joint }) => joint?.relation)).toEqual(['continues', 'continues']);
    expect(new Set([first, second, third].map(({ conversationId }) => conversationId)).size).toBe(1);
  });

  it('Codex: items instead of messages, reasoning that is hidden or left out, ids made anew', () => {
    const threads = new Threads();
    const call = (id: string) => ({
      type: 'function_call',
      id: `fc_${id}`,
      call_id: `call_${id}`,
      name: 'exec_command',
      arguments: '{"cmd":"echo water"}',
    });
    const user = (words: string) => ({ type: 'message', role: 'user', content: [{ type: 'input_text', text: words }] });
    const developer = {
      type: 'message',
      role: 'developer',
      content: [{ type: 'input_text', text: '<permissions instructions>…' }],
    };
    const about = (day: string) =>
      user(`<environment_context>\n  <cwd>/srv</cwd>\n  <current_date>${day}</current_date>\n</environment_context>`);
    const body = (input: object[]) => ({
      instructions: 'You are a coding agent running in the Codex CLI.',
      input,
      store: false,
    });
    const answer = (...output: object[]) => ({ object: 'response', status: 'completed', output });
    const hidden = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAA' };
    const first = threads.place(
      'responses',
      body([developer, about('2026-11-21'), user(ASK)]),
      answer(hidden, call('1')),
    );
    const output = { type: 'function_call_output', call_id: 'call_9', output: 'Chunk ID: 5bd5c5\nOutput:\nwater\n' };
    const second = threads.place(
      'responses',
      body([developer, about('2026-11-22'), user(ASK), hidden, call('9'), output]),
      answer({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'There is water.' }] }),
    );
    const spoken = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'There is water.' }] };
    const third = threads.place(
      'responses',
      body([developer, about('2026-11-22'), user(ASK), call('9'), output, spoken, user('And more?')]),
      answer(spoken),
    );
    expect([second, third].map(({ joint }) => joint?.relation)).toEqual(['continues', 'continues']);
    expect(third.conversationId).toBe(first.conversationId);
  });

  it.each([
    ['OpenCode', `"${ASK}"`, 'I will look.', null],
    ['LangChain', ASK, '', 'chatcmpl-tool-77'],
    ['Vercel AI SDK', [{ type: 'text', text: ASK }], 'I will look.', 'call_new'],
  ] as const)('%s: the same talk goes on', (_client, content, before, newId) => {
    const threads = new Threads();
    const call = (id: string, args: string) => ({ id, type: 'function', function: { name: 'bash', arguments: args } });
    const system = { role: 'system', content: "You are an agent.\nToday's date: Sat Nov 21 2026" };
    const user = { role: 'user', content };
    const answer = (message: object) => ({ choices: [{ index: 0, message, finish_reason: 'stop' }] });
    const said = {
      role: 'assistant',
      content: before,
      reasoning_content: 'Hm.',
      tool_calls: [call('call_1', '{"command":"echo water","timeout":5}')],
    };
    const first = threads.place('chat.completions', { messages: [system, user] }, answer(said));
    // Clients write the arguments anew, leave the reasoning out and turn empty text into none.
    const id = newId ?? 'call_1';
    const again = {
      role: 'assistant',
      content: before === '' ? null : before,
      tool_calls: [call(id, '{ "timeout": 5, "command": "echo water" }')],
    };
    const history = [
      { ...system, content: "You are an agent.\nToday's date: Sun Nov 22 2026" },
      user,
      again,
      { role: 'tool', tool_call_id: id, content: 'water' },
    ];
    const second = threads.place(
      'chat.completions',
      { messages: history },
      answer({ role: 'assistant', content: '<think>Well.</think>There is water.' }),
    );
    const third = threads.place(
      'chat.completions',
      {
        messages: [
          ...history,
          { role: 'assistant', content: 'There is water. ' },
          { role: 'user', content: 'And more?' },
        ],
      },
      answer({ content: 'No.' }),
    );
    expect([second, third].map(({ joint }) => joint?.relation)).toEqual(['continues', 'continues']);
    expect(third.conversationId).toBe(first.conversationId);
  });

  it('a conversation that changes to another dialect goes on', () => {
    const threads = new Threads();
    const first = threads.place(
      'messages',
      { messages: [{ role: 'user', content: ASK }] },
      claudeAnswer(text('There is water.')),
    );
    const second = threads.place(
      'stream_generate_content',
      {
        contents: [
          { role: 'user', parts: [{ text: ASK }] },
          { role: 'model', parts: [{ text: 'There is water.' }] },
          { role: 'user', parts: [{ text: 'More?' }] },
        ],
      },
      null,
    );
    expect([second.joint?.relation, second.conversationId]).toEqual(['continues', first.conversationId]);
  });
});

describe('what is no continuation', () => {
  const chat = (...words: string[]) => ({
    messages: words.map((content, n) => ({ role: n % 2 === 0 ? 'user' : 'assistant', content })),
  });
  const answer = (content: string) => ({ choices: [{ message: { content }, finish_reason: 'stop' }] });

  it('an earlier answer that is gone on from in another way is a fork, and each branch goes on by itself', () => {
    const threads = new Threads();
    const first = threads.place('chat.completions', chat(ASK), answer('Water.'));
    threads.place('chat.completions', chat(ASK, 'Water.', 'Is it deep?'), answer('Yes.'));
    const fork = threads.place('chat.completions', chat(ASK, 'Water.', 'Is it cold?'), answer('No.'));
    expect([fork.joint?.relation, fork.conversationId]).toEqual(['forks', first.conversationId]);
    const goesOn = threads.place(
      'chat.completions',
      chat(ASK, 'Water.', 'Is it deep?', 'Yes.', 'How deep?'),
      answer('Very.'),
    );
    expect([goesOn.joint?.relation, goesOn.joint?.turnId]).toEqual(['continues', 'turn-1']);
    const otherGoesOn = threads.place(
      'chat.completions',
      chat(ASK, 'Water.', 'Is it cold?', 'No.', 'Warm?'),
      answer('Yes.'),
    );
    expect([otherGoesOn.joint?.relation, otherGoesOn.joint?.turnId]).toEqual(['continues', 'turn-2']);
  });

  it('a question that failed and was put in another way is no fork', () => {
    const threads = new Threads();
    const first = threads.place('chat.completions', chat(ASK), answer('Water.'));
    threads.place('chat.completions', chat(ASK, 'Water.', 'Is it deep?'), { error: { message: 'down' } });
    const anew = threads.place('chat.completions', chat(ASK, 'Water.', 'How deep is it?'), answer('Very.'));
    expect([anew.joint?.relation, anew.conversationId]).toEqual(['continues', first.conversationId]);
  });

  it('an answer without words is gone on from', () => {
    const threads = new Threads();
    threads.place('chat.completions', chat(ASK), answer(''));
    const after = threads.place('chat.completions', chat(ASK, '', 'Are you there?'), answer('Yes.'));
    expect(after.joint?.relation).toBe('continues');
  });

  it('an answer that was changed before it was sent back is a fork of what was asked', () => {
    const threads = new Threads();
    threads.place('chat.completions', chat(ASK), answer('Water.'));
    const edited = threads.place('chat.completions', chat(ASK, 'Nothing at all.', 'Sure?'), answer('Yes.'));
    expect(edited.joint?.relation).toBe('forks');
  });

  it('a request that is sent again after a failure is the same turn again; a short question asked anew is not', () => {
    const threads = new Threads();
    const first = threads.place('chat.completions', chat('ping'), answer('pong'));
    const anew = threads.place('chat.completions', chat('ping'), answer('pong'));
    expect([anew.joint, anew.conversationId === first.conversationId]).toEqual([null, false]);
    const failed = threads.place('chat.completions', chat(ASK), { error: { message: 'down' } });
    const retried = threads.place('chat.completions', chat(ASK), answer('Water.'));
    expect([retried.joint?.relation, retried.conversationId]).toEqual(['repeats', failed.conversationId]);
    const goesOn = threads.place('chat.completions', chat(ASK, 'Water.', 'More?'), answer('No.'));
    expect([goesOn.joint?.relation, goesOn.conversationId]).toEqual(['continues', failed.conversationId]);
  });

  describe('runs of an agent that ask, call and answer the same', () => {
    const call = (id: string | null) => ({
      ...(id && { id }),
      type: 'function',
      function: { name: 'look', arguments: '{}' },
    });
    const called = (id: string | null) => ({ role: 'assistant', content: null, tool_calls: [call(id)] });
    const start = { messages: [{ role: 'user', content: ASK }] };
    const on = (id: string | null, found: string, ...more: object[]) => ({
      messages: [...start.messages, called(id), { role: 'tool', tool_call_id: id, content: found }, ...more],
    });
    const calls = (id: string | null) => ({ choices: [{ message: called(id), finish_reason: 'tool_calls' }] });

    it.each([
      ['one after the other, whose calls have ids', 'call_1', 'call_2'],
      ['one after the other, whose calls have the same', 'functions.look:0', 'functions.look:0'],
      ['one after the other, whose calls have none', null, null],
    ])('%s: each goes on from its own', (_how, one, two) => {
      const threads = new Threads();
      const first = threads.place('chat.completions', start, calls(one));
      const firstOn = threads.place('chat.completions', on(one, 'dry'), answer('All dry.'));
      const second = threads.place('chat.completions', start, calls(two));
      const secondOn = threads.place('chat.completions', on(two, 'wet'), answer('All dry.'));
      expect([firstOn.conversationId, secondOn.conversationId]).toEqual([first.conversationId, second.conversationId]);
      expect(second.conversationId).not.toBe(first.conversationId);
      expect(secondOn.joint?.relation).toBe('continues');
      const again = threads.place('chat.completions', on(two, 'wet'), answer('All dry.'));
      expect(again.joint).toMatchObject({ relation: 'repeats', turnId: 'turn-3' });
      const said = [
        { role: 'assistant', content: 'All dry.' },
        { role: 'user', content: 'Sure?' },
      ];
      const ends = threads.place('chat.completions', on(two, 'wet', ...said), answer('Yes.'));
      expect(ends.conversationId).toBe(second.conversationId);
    });

    it('side by side: the ids of calls tell whose answer was gone on from', () => {
      const threads = new Threads();
      const first = threads.place('chat.completions', start, calls('call_1'));
      const second = threads.place('chat.completions', start, calls('call_2'));
      const firstOn = threads.place('chat.completions', on('call_1', 'dry'), answer('Dry.'));
      const secondOn = threads.place('chat.completions', on('call_2', 'wet'), answer('Wet.'));
      expect([firstOn, secondOn].map(({ joint }) => joint?.relation)).toEqual(['continues', 'continues']);
      expect([firstOn.conversationId, secondOn.conversationId]).toEqual([first.conversationId, second.conversationId]);
    });
  });

  it('examples that every request begins with join nothing', () => {
    const threads = new Threads();
    const examples = ['Is a river water?', 'yes', 'Is a stone water?', 'no'];
    const first = threads.place('chat.completions', chat(...examples, 'Is a lake water?'), answer('yes'));
    const second = threads.place('chat.completions', chat(...examples, 'Is a road water?'), answer('no'));
    expect([second.joint, second.conversationId === first.conversationId]).toEqual([null, false]);
  });

  it.each([
    { projectId: 'p2', appId: 'a', user: null },
    { projectId: 'p', appId: 'a2', user: null },
    { projectId: 'p', appId: 'a', user: 'u' },
  ])('the same words of another project, app or user: %j', (scope) => {
    const threads = new Threads();
    threads.place('chat.completions', chat(ASK), answer('Water.'));
    const other = threads.within(scope).place('chat.completions', chat(ASK, 'Water.', 'More?'), answer('No.'));
    expect(other.joint).toBeNull();
  });

  it('a sub-agent is known by what the open call of its parent asks, and goes on by itself', () => {
    const threads = new Threads();
    const prompt = 'Find every mention of water in the documents and list them.';
    const task = {
      type: 'tool_use',
      id: 'toolu_7',
      name: 'Task',
      input: { description: 'Find water', prompt, subagent_type: 'general-purpose' },
    };
    const parent = threads.place(
      'messages',
      { system: 'You are Claude Code.', messages: [{ role: 'user', content: ASK }] },
      claudeAnswer(task),
    );
    const child = (messages: object[]) => ({ system: 'You are an agent for Claude Code.', messages });
    const opening = { role: 'user', content: [text('<system-reminder>x</system-reminder>'), text(prompt)] };
    const spawned = threads.place('messages', child([opening]), claudeAnswer(bash('toolu_8')));
    expect(spawned.joint).toMatchObject({
      relation: 'spawned',
      turnId: 'turn-0',
      callId: 'toolu_7',
      conversationId: parent.conversationId,
    });
    const childGoesOn = threads.place(
      'messages',
      child([
        opening,
        { role: 'assistant', content: [bash('toolu_8')] },
        { role: 'user', content: [result('toolu_8', 'water')] },
      ]),
      claudeAnswer(text('Twice.')),
    );
    expect(childGoesOn.joint).toMatchObject({ relation: 'continues', turnId: 'turn-1' });
    const parentGoesOn = threads.place(
      'messages',
      {
        system: 'You are Claude Code.',
        messages: [
          { role: 'user', content: ASK },
          { role: 'assistant', content: [task] },
          { role: 'user', content: [result('toolu_7', 'Twice.')] },
        ],
      },
      claudeAnswer(text('Done.')),
    );
    expect(parentGoesOn.joint).toMatchObject({ relation: 'continues', turnId: 'turn-0' });
    // Nobody waits for it any more, unless an agent in the background says so.
    const late = [child([opening]), claudeAnswer(text('Again.'))] as const;
    expect(threads.place('messages', ...late).joint).toBeNull();
    expect(threads.place('messages', ...late, true).joint).toMatchObject({ relation: 'spawned', callId: 'toolu_7' });
  });
});
