import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from '../case/answer.js';
import type { Case } from '../case/index.js';
import { deliver } from './deliver.js';
import { billOf, type LedgerEntry } from './ledger.js';

/** The upstreams of a case, by the name of its provider: each an origin of its own. */
export type Origins = ReadonlyMap<string, string>;

export interface Upstream {
  originsOf(caseId: string): Origins;
  /** What was asked and answered, in the order in which answers ended. */
  readonly ledger: readonly LedgerEntry[];
  /** The client of a request has hung up: a held answer to it goes on. */
  clientGone(nonce: string): void;
  /** Resolves once nothing is being answered any more, or nobody has come to the end of an answer for so long. */
  idle(limitMs: number): Promise<void>;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
/** Index of what a gateway asked for reasons of its own, such as which models there are. */
export const OF_NO_CALL = -1;
const NONCE_WITHIN_BYTES = 65_536;

/** Replays the answers of every case, to whichever gateway asks, and keeps a ledger of its own. */
export async function startUpstream(cases: readonly Case[]): Promise<Upstream> {
  const ledger: LedgerEntry[] = [];
  const inFlight = new Set<Promise<void>>();
  const servers: Server[] = [];
  const origins = new Map<string, Map<string, string>>();
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  const hungUp = (nonce: string): PromiseWithResolvers<void> => {
    const known = waiting.get(nonce) ?? Promise.withResolvers<void>();
    waiting.set(nonce, known);
    return known;
  };

  for (const one of cases) {
    const ofCase = new Map<string, string>();
    origins.set(one.id, ofCase);
    for (const provider of one.providers) {
      const answers = answersOf(one, provider.name);
      const methods = methodsOf(one, provider.name);
      let asked = 0;
      const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
        const { method = 'GET', url: target = '/', rawHeaders } = request;
        const isOfCall = methods.has(method);
        const index = isOfCall ? asked++ : OF_NO_CALL;
        const body = await bodyOf(request);
        if (body === null) return;
        if (!isOfCall) {
          response.writeHead(404, { 'content-type': 'text/plain' }).end('no call of this case asks so');
          const nothing = { status: 404, sentEvents: 0, sentBytes: 0, ended: 'completed', billed: null } as const;
          ledger.push({
            case: one.id,
            provider: provider.name,
            index,
            nonce: null,
            method,
            target,
            rawHeaders,
            body,
            ...nothing,
          });
          return;
        }
        const answer = answers[Math.min(index, answers.length - 1)];
        if (answer === undefined) {
          response.writeHead(599, { 'content-type': 'text/plain' }).end('no call of this case goes here');
          return;
        }
        const nonce = nonceIn(target) ?? nonceIn(body.toString('latin1', 0, NONCE_WITHIN_BYTES));
        const delivered = await deliver(response, answer, hungUp(nonce ?? '').promise);
        const sent = delivered.ended === 'completed' ? null : delivered.sentEvents;
        const known = { case: one.id, provider: provider.name, index, nonce, method, target, rawHeaders, body };
        ledger.push({ ...known, ...delivered, billed: billOf(answer.bills, sent) });
      };
      const server = createServer({ requestTimeout: 0, keepAliveTimeout: 60_000 }, (request, response) => {
        const served = serve(request, response)
          .catch((error: unknown) => {
            process.stderr.write(`upstream of ${one.id}: ${error instanceof Error ? error.stack : String(error)}\n`);
            response.destroy();
          })
          .finally(() => inFlight.delete(served));
        inFlight.add(served);
      });
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, HOST, resolve);
      });
      servers.push(server);
      ofCase.set(provider.name, `http://${HOST}:${(server.address() as AddressInfo).port}`);
    }
  }
  return {
    ledger,
    originsOf: (caseId) => origins.get(caseId) ?? new Map(),
    clientGone: (nonce) => hungUp(nonce).resolve(),
    async idle(limitMs) {
      while (inFlight.size > 0) {
        const { promise: late, resolve } = Promise.withResolvers<'late'>();
        const timer = setTimeout(resolve, limitMs, 'late');
        const first = await Promise.race([...inFlight, late]);
        clearTimeout(timer);
        if (first === 'late') return;
      }
    },
    async close() {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      for (const server of servers) server.closeAllConnections();
      await Promise.all([...closed, ...inFlight]);
    },
  };
}

function methodsOf({ calls }: Case, provider: string): ReadonlySet<string> {
  return new Set(calls.filter((call) => call.provider === provider).map(({ request }) => request.method));
}

/** The answers of one provider in the order of its calls, one for each repetition. */
function answersOf({ calls }: Case, provider: string): readonly Answer[] {
  return calls
    .filter((call) => call.provider === provider)
    .flatMap(({ answer, times }) => (answer ? Array.from({ length: times }, () => answer) : []));
}

function nonceIn(text: string): string | null {
  return /nonce-[0-9a-f]+-\d+/.exec(text)?.[0] ?? null;
}

/** Null: the connection broke while the request was under way, so there is nobody to answer. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return null;
  }
  return Buffer.concat(chunks);
}
