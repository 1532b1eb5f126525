import { newId, type TranscriptFrame } from '@weir/contracts';
import { type Call, recorded } from './recorded.js';

const MINUTE = 60_000;
const NOON = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 12 * 60 * MINUTE;

const said = (...words: readonly (string | object)[]) => ({
  messages: words.map((content, n) => {
    const role = n % 2 === 0 ? 'user' : 'assistant';
    return typeof content === 'string' ? { role, content } : content;
  }),
});
const answer = (content: string) => ({
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
});
const tasks = (...prompts: readonly string[]) => ({
  role: 'assistant',
  content: null,
  tool_calls: prompts.map((prompt, n) => ({
    id: `call_${n}`,
    type: 'function',
    function: { name: 'task', arguments: JSON.stringify({ prompt }) },
  })),
});
const failed = {
  ...{
    response: { error: { code: 'overloaded', message: 'Come back later.' } },
    outcome: 'upstream_error',
    status: 529,
  },
};
const response = (id: string, text: string) => ({
  ...{ id, object: 'response', status: 'completed' },
  output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }],
});

/** Turns of a project in the order in which they began: with words alone, named, kept upstream, with branches and sub-agents. */
export function lateWorld(projectId: string): TranscriptFrame[] {
  const plain = [
    'Where is the water?',
    'Here.',
    'Is it deep?',
    'Yes.',
    'How deep?',
    'Nine metres.',
    'Since when?',
    'May.',
  ];
  const branch = ['Where is the water?', 'Here.', 'Is it cold?', 'No.', 'Why not?', 'It is May.'];
  const [north, south] = ['Look for every well in the north.', 'Look for every well in the south.'];
  const called = tasks(north, south);
  const wells = [
    'Find all wells, please.',
    called,
    { role: 'tool', tool_call_id: 'call_0', content: 'Three.' },
  ] as const;
  const chain = (words: readonly string[], over: Call = {}) =>
    Array.from({ length: words.length / 2 }, (_, n) => ({
      ...{ request: said(...words.slice(0, 2 * n + 1)), response: answer(words[2 * n + 1] as string) },
      ...over,
    }));
  const named = { headers: { 'x-weir-conversation': 'case 7' } };
  const upstream = ['One?', 'Two?', 'Three?', 'Four?'].map((input, n) => ({
    ...{ endpoint: 'responses', request: { input, ...(n > 0 && { previous_response_id: `resp_${n - 1}` }) } },
    response: response(`resp_${n}`, `Answer ${n}.`),
  }));
  const agents = (over: Call) => [
    {
      request: said('Find all wells, please.'),
      response: { choices: [{ message: called, finish_reason: 'tool_calls' }] },
      ...over,
    },
    ...chain([north, 'One so far.', 'Go on.', 'Three.'], over),
    ...chain([south, 'None.'], over),
    { request: said(...wells), response: answer('Three wells.'), ...over },
    { request: said(...wells, 'Three wells.', 'Thanks.'), ...failed, ...over },
    { request: said(...wells, 'Three wells.', 'Thanks.'), response: answer('Welcome.'), ...over },
  ];
  const runs: readonly Call[][] = [
    chain(plain),
    chain(branch).slice(1),
    chain(plain, { ...named, user: 'ann' }),
    upstream,
    agents({ user: 'bob' }),
    agents({ ...named, user: 'eve' }),
  ];
  const calls = runs.flatMap((run, at) =>
    run.map((call, n) => ({ startedAt: NOON + (10 * n + at) * MINUTE, ...call })),
  );
  return calls
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .map((call) => recorded({ projectId, endpoint: 'chat.completions', eventId: newId(), ...call }));
}
