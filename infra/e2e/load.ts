import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';

/** One call as the client knows it. */
export interface ClientCall {
  readonly nonce: string;
  /** SHA-256 of the body it sent: finds the call in the upstream's ledger. */
  readonly requestSha256: string;
  readonly isStream: boolean;
  /** `completed`: every byte and a clean end; `aborted`: by itself; `failed`: anything else. */
  readonly ended: 'completed' | 'aborted' | 'failed';
  readonly status: number | null;
  readonly receivedSha256: string | null;
}

export interface LoadOptions {
  /** Proxy URL of an OpenAI-type provider. */
  readonly proxyUrl: string;
  readonly token: string;
  readonly calls: number;
  readonly concurrency: number;
  readonly model: (index: number) => string;
  readonly isStream: (index: number) => boolean;
  readonly isAborted: (index: number) => boolean;
  /** Wait of a lane after each call: spreads the load over the time that things are hurt in. */
  readonly pauseMs?: number;
  /** Wait of a lane after a failed call, so that a restart is not run through in failures. */
  readonly pauseAfterFailureMs?: number;
}

/** Sends calls, each with a nonce of its own, and keeps a book of what came back. Never retries. */
export async function sendLoad(options: LoadOptions): Promise<ClientCall[]> {
  const agent = new Agent({
    connections: options.concurrency,
    pipelining: 1,
    bodyTimeout: 60_000,
    headersTimeout: 60_000,
  });
  const book: ClientCall[] = [];
  let next = 0;
  const lane = async () => {
    while (next < options.calls) {
      const index = next++;
      const call = await oneCall(agent, options, index);
      book.push(call);
      if (options.pauseMs) await delay(options.pauseMs);
      if (call.ended === 'failed' && options.pauseAfterFailureMs) await delay(options.pauseAfterFailureMs);
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, lane));
  await agent.destroy();
  return book;
}

const run = createHash('sha256').update(`${process.pid} ${Date.now()}`).digest('hex').slice(0, 8);

async function oneCall(agent: Agent, options: LoadOptions, index: number): Promise<ClientCall> {
  const nonce = `${run}-${index}`;
  const isStream = options.isStream(index);
  const body = JSON.stringify({
    model: options.model(index),
    messages: [{ role: 'user', content: `nonce ${nonce}` }],
    ...(isStream ? { stream: true, stream_options: { include_usage: true } } : {}),
  });
  const call = { nonce, isStream, requestSha256: createHash('sha256').update(body).digest('hex') };
  const controller = new AbortController();
  let status: number | null = null;
  try {
    const response = await request(`${options.proxyUrl}/v1/chat/completions`, {
      dispatcher: agent,
      method: 'POST',
      headers: {
        authorization: `Bearer ${options.token}`,
        'content-type': 'application/json',
        'x-weir-conversation': nonce,
      },
      body,
      signal: controller.signal,
    });
    status = response.statusCode;
    const hash = createHash('sha256');
    for await (const chunk of response.body) {
      hash.update(chunk as Buffer);
      if (options.isAborted(index)) {
        controller.abort();
        return { ...call, ended: 'aborted', status, receivedSha256: null };
      }
    }
    return { ...call, ended: 'completed', status, receivedSha256: hash.digest('hex') };
  } catch {
    // A cut connection is what this load is made for; the book says that the call failed.
    return { ...call, ended: controller.signal.aborted ? 'aborted' : 'failed', status, receivedSha256: null };
  }
}
