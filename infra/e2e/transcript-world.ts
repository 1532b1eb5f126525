import { createClient } from '@clickhouse/client';
import { request } from 'undici';
import { vi } from 'vitest';
import { toolScript } from '../simulator/scripted-tool.js';
import type { System } from './system.js';

const PATIENCE = { timeout: 60_000, interval: 100 };
const TOOL = { type: 'function', function: { name: 'gauge', parameters: { type: 'object', properties: {} } } };

/** What would run or fetch something, were any of it taken for more than text. */
export const HOSTILE = [
  '<script>window.hostile = 1</script>',
  '<img src="http://evil.example/x.png" onerror="window.hostile = 1">',
  '![picture](http://evil.example/y.png) [link](javascript:window.hostile=1)',
  '<iframe srcdoc="<script>parent.hostile = 1</script>"></iframe>',
  '<style>@import url(http://evil.example/z.css)</style>\u202egnp.exe',
].join('\n');

export interface Recorded {
  /** By what they are. */
  readonly ids: Readonly<Record<'tools' | 'failed' | 'hostile' | 'large' | 'long' | 'agents', string>>;
  readonly longTurns: number;
}

/** Real calls of every kind through a proxy that records, and one conversation of thousands of turns made of one of them. */
export async function recordConversations(system: System, proxyUrl: string, token: string): Promise<Recorded> {
  const call = async (conversation: string, body: object) => {
    const answer = await request(`${proxyUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'x-weir-conversation': conversation,
        'x-weir-user': 'ada',
      },
      body: JSON.stringify(body),
    });
    return (await answer.body.json()) as { choices?: { message: { tool_calls?: { id: string }[] } }[] };
  };
  const ask = { role: 'user', content: `How high is the water? ${toolScript('gauge', { station: 'weir 7' })}` };
  const first = await call('tools', { model: 'gpt-4o', messages: [ask], tools: [TOOL] });
  const called = first.choices?.[0]?.message;
  await stored(system, 'tools', 1);
  const result = { role: 'tool', tool_call_id: called?.tool_calls?.[0]?.id, content: '{"level_m": 4.21}' };
  await call('tools', { model: 'gpt-4o', messages: [ask, called, result], tools: [TOOL] });
  const plain = (content: string, model = 'gpt-4o') => ({ model, messages: [{ role: 'user', content }] });
  await call('failed', plain('Too much at once', 'sim-429'));
  await call('hostile', plain(HOSTILE));
  await call('large', plain(`${'All the gauges of the river, line by line.\n'.repeat(110_000)}the very end`));
  await call('long', plain('The first of very many'));

  await recordAgents(system, call);

  const statedIds = ['tools', 'failed', 'hostile', 'large', 'long', 'agents'] as const;
  const ids = {} as Record<(typeof statedIds)[number], string>;
  await vi.waitFor(async () => {
    const rows = await system.books.ask<{ stated: string; id: string; turns: string }>(
      `SELECT stated_id AS stated, toString(any(conversation_id)) AS id, toString(uniqExact(event_id)) AS turns
       FROM transcript_turns_v1 WHERE stated_id IS NOT NULL GROUP BY stated_id`,
    );
    for (const { stated, id } of rows) ids[stated as keyof typeof ids] = id;
    if (rows.length < statedIds.length || rows.find(({ stated }) => stated === 'tools')?.turns !== '2') {
      throw new Error(`recorded so far: ${JSON.stringify(rows)}`);
    }
  }, PATIENCE);
  const longTurns = await lengthen(system, ids.long);
  return { ids, longTurns };
}

type Call = (conversation: string, body: object) => Promise<{ choices?: { message: object }[] }>;

/** A turn goes on from one before it, which has to be known by then: threads that record may come up slowly. */
async function stored(system: System, conversation: string, turns: number): Promise<void> {
  await vi.waitFor(async () => {
    const [row] = await system.books.ask<{ n: string }>(
      `SELECT toString(uniqExact(event_id)) AS n FROM transcript_turns_v1 WHERE stated_id = '${conversation}'`,
    );
    if (Number(row?.n) < turns) throw new Error(`${row?.n} of ${turns} turns are stored`);
  }, PATIENCE);
}

/** An agent that starts another, which takes two turns; then two ways to go on from the same answer. */
async function recordAgents(system: System, call: Call): Promise<void> {
  let turns = 0;
  const say = async (instructions: string, messages: readonly object[], over: object = {}) => {
    const body = { model: 'gpt-4o', messages: [{ role: 'system', content: instructions }, ...messages], ...over };
    const answer = await call('agents', body);
    turns++;
    await stored(system, 'agents', turns);
    return answer.choices?.[0]?.message as { tool_calls?: { id: string }[] };
  };
  const user = (content: string) => ({ role: 'user', content });
  const tools = [{ type: 'function', function: { name: 'task', parameters: { type: 'object', properties: {} } } }];
  const errand = 'Read every gauge of the upper river and report the highest';
  const asked = user(`Watch the flood. ${toolScript('task', { prompt: errand })}`);
  const started = await say('You lead the watch.', [asked], { tools });
  const read = await say('You read gauges.', [user(errand)]);
  await say('You read gauges.', [user(errand), read, user('And the lower ones?')]);
  const report = { role: 'tool', tool_call_id: started.tool_calls?.[0]?.id, content: 'weir 7 stands at 4.21 m' };
  const past = [asked, started, report];
  const told = await say('You lead the watch.', past, { tools });
  await say('You lead the night watch.', [...past, told, user('Close the upper gate')], { tools, temperature: 0.2 });
  await say('You lead the watch.', [...past, told, user('Open the lower gate')], { tools, temperature: 0.9 });
}

/** Among the many, by its number. */
export const FAILED_TURN = 12_345;

/** The same turn again and again, a second apart, one of which failed. @returns how many there are then */
async function lengthen(system: System, conversationId: string): Promise<number> {
  const more = 19_999;
  const client = createClient({ url: system.stores.clickhouseUrl });
  try {
    await client.command({
      query: `INSERT INTO transcript_turns_v1 (* EXCEPT stored_at)
        SELECT t.* EXCEPT stored_at REPLACE (generateUUIDv4(n.number) AS event_id, 'continues' AS relation,
          t.started_at - INTERVAL (${more} - n.number) SECOND AS started_at, n.number = ${FAILED_TURN - 1} AS is_failed,
          if(n.number = ${FAILED_TURN - 1}, 'context_length_exceeded', NULL) AS upstream_error_code)
        FROM transcript_turns_v1 AS t CROSS JOIN numbers(${more}) AS n
        WHERE t.conversation_id = {id:UUID}`,
      query_params: { id: conversationId },
    });
  } finally {
    await client.close();
  }
  return more + 1;
}
