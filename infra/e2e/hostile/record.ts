import { createClient } from '@clickhouse/client';
import { newId } from '@weir/contracts';
import { request } from 'undici';
import { vi } from 'vitest';
import type { System } from '../system.js';
import { PAYLOADS } from './payloads.js';

const AT_ONCE = 45;

/**
 * Real calls that say every payload, in one conversation; and turns whose callers and upstreams are named by them, in
 * another and in hundreds of their own.
 * @param template a conversation of one turn
 */
export async function recordHostile(system: System, proxyUrl: string, token: string, template: string) {
  const bodies = hostileBodies();
  for (const body of bodies) {
    const answer = await request(`${proxyUrl}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', authorization: `Bearer ${token}` },
        'x-weir-conversation': 'payloads',
      },
      body: JSON.stringify(body),
    });
    await answer.body.dump();
  }
  const named = newId();
  await renameTurns(system, template, named);
  await renameTurns(system, template, null);
  let said = '';
  await vi.waitFor(async () => {
    const [row] = await system.books.ask<{ id: string; turns: string }>(
      `SELECT toString(any(conversation_id)) AS id, toString(uniqExact(event_id)) AS turns
       FROM transcript_turns_v1 WHERE stated_id = 'payloads'`,
    );
    if (Number(row?.turns) < bodies.length) throw new Error(`recorded so far: ${row?.turns}`);
    said = row?.id ?? '';
  }, PATIENCE);
  return { said, named };
}

const PATIENCE = { timeout: 60_000, interval: 100 };

/** Bodies of calls that hold every payload in every place of a message, as many as fit into what is shown of one turn. */
function hostileBodies(): object[] {
  const bodies: object[] = [];
  for (let at = 0; at < PAYLOADS.length; at += AT_ONCE) bodies.push(hostileBody(PAYLOADS.slice(at, at + AT_ONCE), at));
  return bodies;
}

function hostileBody(payloads: readonly string[], from: number): object {
  const idOf = (index: number) => `call_${from + index}`;
  const image = (url: string) => ({ type: 'image_url', image_url: { url } });
  return {
    model: 'gpt-4o',
    messages: [
      { role: 'system', content: payloads.join('\n\n') },
      { role: 'user', content: payloads.map((text) => ({ type: 'text', text })) },
      { role: 'user', name: payloads[0], content: payloads.map((payload) => image(payload)) },
      {
        role: 'assistant',
        content: payloads.join('\n'),
        refusal: payloads.join(' '),
        reasoning_content: payloads.join('\n\n'),
        tool_calls: payloads.map((payload, index) => ({
          ...{ id: idOf(index), type: 'function' },
          function: { name: payload, arguments: JSON.stringify({ [payload]: payload }) },
        })),
      },
      ...payloads.map((payload, index) => ({ role: 'tool', tool_call_id: idOf(index), content: payload })),
      { role: 'user', content: `part ${from + payloads.length}` },
    ],
    tools: [
      {
        type: 'function',
        function: { name: 'gauge', description: payloads.join('\n'), parameters: { type: 'object' } },
      },
    ],
  };
}

/**
 * A turn once more for each payload, which then is all that its caller or its upstream names: in conversations of their
 * own, or all in the one that is given.
 */
async function renameTurns(system: System, template: string, into: string | null): Promise<void> {
  const client = createClient({ url: system.stores.clickhouseUrl });
  const named = ['title', 'user', 'agent', 'requested_model', 'served_model', 'error_code', 'upstream_error_code']
    .concat(['upstream_error_message', 'stated_id', 'endpoint', 'path', 'app', 'environment', 'incomplete_reason'])
    .map((column) => `p.2 AS ${column}`);
  try {
    await client.command({
      query: `INSERT INTO transcript_turns_v1 (* EXCEPT stored_at)
        SELECT t.* EXCEPT stored_at REPLACE (generateUUIDv4(p.1) AS event_id,
          ${into === null ? 'generateUUIDv4(p.1 + 100000)' : '{into:UUID}'} AS conversation_id,
          t.started_at - INTERVAL p.1 SECOND AS started_at, map(p.2, p.2) AS tags, true AS is_failed,
          ${named.join(', ')})
        FROM transcript_turns_v1 AS t
        ARRAY JOIN arrayZip(range(length({payloads:Array(String)})), {payloads:Array(String)}) AS p
        WHERE t.conversation_id = {template:UUID}`,
      query_params: {
        template,
        payloads: PAYLOADS.map((text) => Buffer.from(text).toString()),
        ...(into !== null && { into }),
      },
    });
  } finally {
    await client.close();
  }
}
