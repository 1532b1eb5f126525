import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Call, Dialect } from './answer.js';
import { behaviourOf } from './behaviour.js';
import { credentialOf, withoutCredentials } from './credential.js';
import { Delivery } from './deliver.js';
import { GoogleTokens } from './google/tokens.js';
import { Ledger, type LedgerEntry, sha256 } from './ledger.js';
import type { PresetName } from './presets/index.js';
import { targetOf } from './target.js';

export interface SimulatorOptions {
  /** 0 or absent = any free port. */
  readonly port?: number;
  readonly host?: string;
  /** Credentials it accepts; empty = any, also none. */
  readonly apiKeys?: readonly string[];
  /** Appended to, one JSON object a line. */
  readonly ledgerFile?: string;
  readonly firstByteMs?: number;
  readonly chunkMs?: number;
  /** It is this upstream and no other; absent = OpenAI, Anthropic and Google together. */
  readonly preset?: PresetName;
}

export interface Simulator {
  readonly port: number;
  /** `http://host:port`: base URL of an Anthropic provider; an OpenAI one adds `/v1`. */
  readonly url: string;
  readonly ledger: readonly LedgerEntry[];
  /** Google's token endpoint, at `<url>/token`. */
  readonly googleTokens: GoogleTokens;
  /** Cuts every connection and returns once the port is free. */
  close(): Promise<void>;
}

const CREATED_SECONDS = 1_760_000_000;
const KEEP_ALIVE_MS = 60_000;

/** An upstream LLM API on this machine that keeps books of its own about what it served. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const ledger = new Ledger(options.ledgerFile ?? null);
  const keys = new Set(options.apiKeys ?? []);
  const pace = { firstByteMs: options.firstByteMs ?? 0, chunkMs: options.chunkMs ?? 0 };
  const googleTokens = new GoogleTokens();
  const inFlight = new Set<Promise<void>>();

  let url = '';
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
    if (path === '/__ledger') return listLedger(response, ledger, new URLSearchParams(query));
    if (path === '/token') return giveToken(request, response, googleTokens, url);
    const seq = ledger.nextSeq();
    const id = `req_sim_${seq}`;
    const raw = await bodyOf(request);
    if (raw === null) return;
    const target = targetOf(request, path, options.preset ?? null);
    const { dialect } = target;
    const own = parsed(raw);
    const body = own && { ...own, ...target.body };
    const model = target.model ?? (typeof body?.model === 'string' ? body.model : null);
    const behaviour = behaviourOf(model ?? '', pace);
    const credential = credentialOf(request, target.credential);
    const isKnown = target.isTokenNeeded
      ? googleTokens.accepts(credential)
      : credential !== null && keys.has(credential);
    const isAllowed = keys.size === 0 || isKnown;
    response.setHeader(dialect.requestIdHeader, id);
    const call = {
      ...{ method: request.method ?? 'GET', path: target.path, query: new URLSearchParams(query), raw, behaviour },
      createdSeconds: CREATED_SECONDS,
    };
    const answer = isAllowed ? answerOf(dialect, body, call) : refused(dialect, ...target.refusal);
    const isBehaved = isAllowed && (answer.kind === 'stream' || answer.status === 200);
    const delivery = new Delivery(response, isBehaved ? behaviour : behaviourOf('', pace), dialect.error.bind(dialect));
    const delivered = await delivery.send(answer);
    ledger.add({
      seq,
      id,
      at: new Date().toISOString(),
      dialect: target.name,
      method: call.method,
      path,
      model,
      isStream: answer.kind === 'stream',
      requestBytes: raw.length,
      requestSha256: sha256(raw),
      credentialSha256: credential === null ? null : sha256(credential),
      rawHeaders: withoutCredentials(request.rawHeaders),
      ...delivered,
    });
  };

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0 }, (request, response) => {
    const served = serve(request, response)
      .catch((error: unknown) => {
        process.stderr.write(`simulator: ${error instanceof Error ? error.stack : String(error)}\n`);
        response.destroy();
      })
      .finally(() => inFlight.delete(served));
    inFlight.add(served);
  });
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  url = `http://${host}:${port}`;
  return {
    port,
    url,
    googleTokens,
    get ledger() {
      return ledger.entries;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await Promise.all(inFlight);
      ledger.close();
    },
  };
}

type Body = Readonly<Record<string, unknown>>;
type Asked = Omit<Call, 'body'>;

function answerOf(dialect: Dialect, body: Body | null, call: Asked): Answer {
  if (body === null) return refused(dialect, 400, 'We could not parse the JSON body of your request.');
  return dialect.answer({ ...call, body }) ?? refused(dialect, 404, `Unknown request URL: ${call.method} ${call.path}`);
}

function refused(dialect: Dialect, status: number, message: string): Answer {
  return { kind: 'json', status, body: dialect.error(status, message), billed: null };
}

async function giveToken(request: IncomingMessage, response: ServerResponse, tokens: GoogleTokens, url: string) {
  const raw = await bodyOf(request);
  if (raw === null) return;
  const { status, body } = tokens.exchange(new URLSearchParams(raw.toString('utf8')), `${url}/token`);
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

/** Null: the client went away before it had sent everything. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    // The connection broke while the request was under way, so there is nobody to answer.
    return null;
  }
  return Buffer.concat(chunks);
}

function parsed(raw: Buffer): Body | null {
  if (raw.length === 0) return {};
  try {
    const value: unknown = JSON.parse(raw.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : null;
  } catch {
    // Answered with 400 by the caller.
    return null;
  }
}

const LISTED_AT_MOST = 10_000;

function listLedger(response: ServerResponse, ledger: Ledger, query: URLSearchParams): void {
  const after = Number(query.get('after') ?? 0);
  const entries = ledger.entries.filter((entry) => entry.seq > after).slice(0, LISTED_AT_MOST);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ served: ledger.entries.length, entries }));
}
