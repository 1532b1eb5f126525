const cached = { cache_control: { type: 'ephemeral' } };
const text = (words: string, more: object = {}) => ({ type: 'text', text: words, ...more });

export interface AgentTurn {
  readonly request: object;
  readonly response: string;
}

/** Words that repeat as little as those of a program do. */
export function prose(seed: number, words: number): string {
  let state = seed * 2_654_435_761 + 1;
  return Array.from({ length: words }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return `${SYLLABLES[state % 17]}${SYLLABLES[(state >>> 8) % 17]}${SYLLABLES[(state >>> 16) % 17]}`;
  }).join(' ');
}
const SYLLABLES = 'wa ter flow da m ri ver le vel ga te pi pe tu be lo ck'.split(' ');

/**
 * The traffic of a coding agent in the shape Claude Code sends it: instructions and tools with every call, the whole past,
 * marks of the cache that move to the last message, reminders that come and go; answers are streams.
 */
export function agentRun(turns: number, task: string, seed = 1): AgentTurn[] {
  const tools = Array.from({ length: 12 }, (_, n) => ({
    name: `Tool${n}`,
    description: prose(7 * n + 3, 120),
    input_schema: { type: 'object', properties: { command: { type: 'string', description: prose(n, 30) } } },
  }));
  const instructions = prose(99, 1_500);
  const past: object[] = [
    { role: 'user', content: [text('<system-reminder>Mind this.</system-reminder>'), text(task)] },
  ];
  return Array.from({ length: turns }, (_, n) => {
    const system = [
      text(`x-anthropic-billing-header: cc_version=2.1.329; cch=${(seed * 7_919 + n).toString(16)};`),
      text(`You are Claude Code.\nToday's date: 2026-11-2${n % 3}\n${instructions}`, cached),
    ];
    const last = past.at(-1) as { role: string; content: object[] };
    const marked = {
      ...last,
      content: last.content.map((part, at, all) => (at === all.length - 1 ? { ...part, ...cached } : part)),
    };
    const request = {
      model: 'claude-opus',
      max_tokens: 32_000,
      stream: true,
      system,
      tools,
      messages: [...past.slice(0, -1), marked],
    };
    const isLast = n === turns - 1;
    const said = `Step ${n}: ${prose(seed * 1_000 + n, 40)}`;
    const call = {
      type: 'tool_use',
      id: `toolu_${seed}_${n}`,
      name: 'Tool1',
      input: { command: prose(seed * 2_000 + n, 25) },
    };
    past.push({ role: 'assistant', content: isLast ? [text(said)] : [text(said), call] });
    past.push({
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: call.id, content: prose(seed * 3_000 + n, 250) }],
    });
    return { request, response: streamed(said, isLast ? null : call, seed * 1_000 + n) };
  });
}

function streamed(words: string, call: { id: string; name: string; input: object } | null, n: number): string {
  const deltas = words.match(/.{1,12}/gs) ?? [];
  const events: object[] = [
    {
      type: 'message_start',
      message: { id: `msg_${n}`, type: 'message', role: 'assistant', content: [], model: 'claude-opus' },
    },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    ...deltas.map((part) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: part } })),
    { type: 'content_block_stop', index: 0 },
  ];
  if (call !== null) {
    const { input, ...start } = call;
    events.push(
      { type: 'content_block_start', index: 1, content_block: { ...start, type: 'tool_use', input: {} } },
      {
        type: 'content_block_delta',
        index: 1,
        delta: { type: 'input_json_delta', partial_json: JSON.stringify(input) },
      },
      { type: 'content_block_stop', index: 1 },
    );
  }
  events.push(
    {
      type: 'message_delta',
      delta: { stop_reason: call === null ? 'end_turn' : 'tool_use' },
      usage: { output_tokens: 50 },
    },
    { type: 'message_stop' },
  );
  return events
    .map((event) => `event: ${(event as { type: string }).type}\ndata: ${JSON.stringify(event)}\n\n`)
    .join('');
}
