import { afterEach, expect, it } from 'vitest';
import { call } from '../support/client.js';
import { provider, type RunningProxy, snapshotOf, startProxy, token, until } from '../support/harness.js';
import { startUpstream, type TestUpstream } from '../support/upstream.js';

const CALLS = 400;
const WIDTH = 16;
const app = token();
let proxy: RunningProxy;
let upstream: TestUpstream;
afterEach(async () => {
  await proxy.close();
  await upstream.close();
});

interface Billed {
  readonly input: number;
  /** Written until the answer ended or was given up. */
  output: number;
}

/** xorshift32: the same calls break off at the same bytes in every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const sse = (event: unknown) => `data: ${JSON.stringify(event)}\n\n`;

const OPENAI = {
  path: 'v1/chat/completions',
  word: () => sse({ model: 'm', choices: [{ delta: { content: 'river ' } }] }),
  begin: () => sse({ model: 'm', choices: [{ delta: { role: 'assistant' } }] }),
  end: ({ input, output }: Billed) => {
    const usage = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
    return `${sse({ model: 'm', choices: [], usage })}data: [DONE]\n\n`;
  },
};
const ANTHROPIC = {
  path: 'v1/messages',
  begin: ({ input }: Billed) =>
    sse({ type: 'message_start', message: { model: 'm', usage: { input_tokens: input, output_tokens: 1 } } }),
  word: () => sse({ type: 'content_block_delta', delta: { type: 'text_delta', text: 'river ' } }),
  end: ({ output }: Billed) =>
    sse({ type: 'message_delta', usage: { output_tokens: output } }) + sse({ type: 'message_stop' }),
};

/** An upstream that bills every word it writes, heard or not, and stops where it is given up. */
async function billingUpstream(ledger: Map<string, Billed>): Promise<TestUpstream> {
  return startUpstream((req, res, body) => {
    const { id, words } = JSON.parse(body.toString()) as { id: string; words: number };
    const dialect = req.url === '/v1/messages' ? ANTHROPIC : OPENAI;
    const billed = { input: 10 + words, output: 0 };
    ledger.set(id, billed);
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    res.write(dialect.begin(billed));
    const step = () => {
      if (res.destroyed) return;
      if (billed.output === words) {
        res.end(dialect.end(billed));
        return;
      }
      billed.output++;
      res.write(dialect.word());
      setImmediate(step);
    };
    step();
  });
}

async function run(onClientClose: 'cancel' | 'drain'): Promise<Map<string, Billed>> {
  const ledger = new Map<string, Billed>();
  upstream = await billingUpstream(ledger);
  const common = { baseUrl: upstream.origin, secret: 'sk', onClientClose, usageFallback: 'none' } as const;
  proxy = await startProxy({
    snapshot: snapshotOf({
      providers: [
        provider({ ...common, name: 'openai' }),
        provider({ ...common, name: 'anthropic', type: 'anthropic' }),
      ],
      tokens: [app.entry],
    }),
  });
  const random = randomNumbers(20_261_121);
  const plan = Array.from({ length: CALLS }, (_, index) => {
    const words = 1 + random(80);
    // Half of the clients leave, some of them with the last bytes.
    return { id: String(index), words, leavesAfter: random(2) === 0 ? 1 + random(words * 90) : null };
  });
  let next = 0;
  const work = async () => {
    for (let one = plan[next++]; one !== undefined; one = plan[next++]) {
      const name = Number(one.id) % 2 === 0 ? 'openai' : 'anthropic';
      await call(`${proxy.origin}/llm/v1/providers/${name}/${name === 'openai' ? OPENAI.path : ANTHROPIC.path}`, {
        headers: { authorization: `Bearer ${app.text}`, 'content-type': 'application/json', 'x-weir-user': one.id },
        body: JSON.stringify({ model: 'm', stream: true, id: one.id, words: one.words }),
        agent: false,
        ...(one.leavesAfter !== null && { abortAfterBytes: one.leavesAfter }),
      }).catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
  await until(() => proxy.metrics.inFlight === 0, 'every call to be over', 30_000);
  return ledger;
}

it('drain: of 400 calls half of which break off at random, every one has exactly what its upstream billed', async () => {
  const ledger = await run('drain');
  const events = await proxy.events(CALLS);
  expect([events.length, ledger.size]).toEqual([CALLS, CALLS]);
  expect(events.filter(({ abortAction }) => abortAction === 'drained').length).toBeGreaterThan(CALLS / 8);
  for (const { user, meters, usageSource, abortAction } of events) {
    expect({ usageSource, meters }).toEqual({ usageSource: 'reported', meters: ledger.get(user as string) });
    expect([null, 'drained']).toContain(abortAction);
  }
}, 120_000);

it('cancel: what is missing against the bill is what the cancelled calls say is unknown, and nothing else', async () => {
  const ledger = await run('cancel');
  const events = await proxy.events(CALLS);
  const cancelled = events.filter(({ abortAction }) => abortAction === 'cancelled');
  expect(cancelled.length).toBeGreaterThan(CALLS / 8);
  const billed = [...ledger.values()].reduce((sum, { output }) => sum + output, 0);
  const counted = events.reduce((sum, { meters }) => sum + (meters.output ?? 0), 0);
  const unknown = cancelled
    .filter(({ meters }) => meters.output === undefined)
    .reduce((sum, { user }) => sum + (ledger.get(user as string)?.output ?? 0), 0);
  expect(unknown).toBeGreaterThan(0);
  expect(billed - counted).toBe(unknown);
  for (const { abortAction, usageSource } of events) {
    if (abortAction === null) expect(usageSource).toBe('reported');
  }
}, 120_000);
