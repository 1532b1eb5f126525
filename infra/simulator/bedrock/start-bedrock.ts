import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { behaviourOf } from '../behaviour.js';
import type { BedrockAnswer } from './answer.js';
import type { Body } from './ask.js';
import { authenticate } from './authenticate.js';
import { type Received, valuesOf } from './canonical.js';
import { Delivery } from './deliver.js';
import { AwsFailure } from './failure.js';
import { type AccessKey, KeyRing, type Role } from './keys.js';
import type { BedrockEntry } from './ledger.js';
import { Models } from './models.js';
import { answerTo, json, type Operation, operationOf } from './respond.js';
import { Sts, stsFailure } from './sts.js';

export interface BedrockOptions {
  /** The region it serves and signatures must name. */
  readonly region?: string;
  readonly accessKeys: readonly AccessKey[];
  /** Bedrock API keys it takes as a bearer token. */
  readonly apiKeys?: readonly string[];
  readonly roles?: readonly Role[];
  /** Application inference profiles: ARN -> id of the model or profile it was made from. */
  readonly applicationProfiles?: Readonly<Record<string, string>>;
  readonly port?: number;
  readonly firstByteMs?: number;
  readonly chunkMs?: number;
  /** UTC epoch ms. */
  readonly clock?: () => number;
}

export interface BedrockSimulator {
  readonly port: number;
  /** `http://host:port`: endpoint of the runtime, of the control plane's lists and of STS. */
  readonly url: string;
  readonly ledger: readonly BedrockEntry[];
  readonly keys: KeyRing;
  readonly sts: Sts;
  /** Cuts every connection and returns once the port is free. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const API_KEY_REFUSED = 'Authentication failed: Please make sure your API Key is valid.';
const sha256 = (data: Buffer) => createHash('sha256').update(data).digest('hex');

type Outcome = Pick<BedrockEntry, 'operation' | 'model' | 'isStream' | 'exception' | 'caller' | 'signedWith'>;

/** Amazon Bedrock's runtime and AWS STS on this machine: every signature is checked, every request is in the ledger. */
export async function startBedrockSimulator(options: BedrockOptions): Promise<BedrockSimulator> {
  const region = options.region ?? 'us-east-1';
  const clock = options.clock ?? Date.now;
  const keys = new KeyRing(options.accessKeys);
  const sts = new Sts(keys, options.roles ?? []);
  const models = new Models(region, new Map(Object.entries(options.applicationProfiles ?? {})));
  const pace = { firstByteMs: options.firstByteMs ?? 0, chunkMs: options.chunkMs ?? 0 };
  const ledger: BedrockEntry[] = [];
  const inFlight = new Set<Promise<void>>();
  let sequence = 0;

  /** Who calls: by API key, else by signature. @throws AwsFailure */
  const callerOf = (received: Received, service: 'bedrock' | 'sts'): { arn: string; key: AccessKey | null } => {
    const bearer = /^Bearer (.+)$/i.exec(valuesOf(received.rawHeaders, 'authorization')[0] ?? '')?.[1];
    if (bearer === undefined) {
      const key = authenticate(received, keys, { region, service }, clock());
      return { arn: key.arn, key };
    }
    if (options.apiKeys?.includes(bearer)) return { arn: 'api-key', key: null };
    throw new AwsFailure(403, 'AccessDeniedException', API_KEY_REFUSED, 'Message');
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    if (body === null) return;
    const seq = ++sequence;
    const id = `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`;
    const { method = 'GET', url: target = '/', rawHeaders } = request;
    const received: Received = { method, target, rawHeaders, body };
    const outcome: { -readonly [K in keyof Outcome]: Outcome[K] } = {
      ...{ operation: '', model: null, isStream: false, exception: null, caller: null, signedWith: null },
    };
    response.setHeader('x-amzn-requestid', id);
    let behaviour = behaviourOf('', pace);
    let answer: BedrockAnswer;
    const isSts = method === 'POST' && target === '/';
    try {
      const { arn, key } = callerOf(received, isSts ? 'sts' : 'bedrock');
      outcome.caller = arn;
      outcome.signedWith = key?.accessKeyId ?? 'api-key';
      if (isSts) {
        const form = new URLSearchParams(body.toString('utf8'));
        outcome.operation = form.get('Action') ?? '';
        response.setHeader('content-type', 'text/xml');
        answer = xmlAnswer(sts.answer(form, key ?? unsigned(), id, clock()));
      } else {
        const path = target.split('?', 1)[0] as string;
        const parsed = parsedBody(body);
        const operation = operationOf(method, path, parsed, models);
        outcome.operation = operation.name;
        outcome.model = operation.asked?.id ?? null;
        outcome.isStream = operation.isStream;
        if (key?.isDenied) throw denied(key, operation, region);
        behaviour = behaviourOf(operation.asked?.behaviour ?? '', pace);
        if (behaviour.answer === 'status') throw simulatedFailure(behaviour.status);
        answer = operation.asked
          ? answerTo(operation, body, parsed, behaviour)
          : json(listed(operation, target, models));
      }
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error;
      outcome.exception = error.exception;
      answer = isSts ? xmlAnswer(stsFailure(error, id)) : failed(error);
      if (isSts) response.setHeader('content-type', 'text/xml');
      behaviour = behaviourOf('', pace);
    }
    const delivered = await new Delivery(response, behaviour).send(answer);
    ledger.push({
      ...{ seq, id, method, target, ...outcome },
      requestBytes: body.length,
      requestSha256: sha256(body),
      userAgent: request.headers['user-agent'] ?? null,
      headerNames: rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase()),
      ...delivered,
    });
  };

  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    const served = serve(request, response)
      .catch((error: unknown) => {
        process.stderr.write(`bedrock simulator: ${error instanceof Error ? error.stack : String(error)}\n`);
        response.destroy();
      })
      .finally(() => inFlight.delete(served));
    inFlight.add(served);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://${HOST}:${port}`,
    ledger,
    keys,
    sts,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await Promise.all(inFlight);
    },
  };
}

function unsigned(): never {
  throw new AwsFailure(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token');
}

function xmlAnswer({ status, body }: { status: number; body: string }): BedrockAnswer {
  return { kind: 'json', status, headers: {}, body, billed: null };
}

function failed({ status, exception, message, member }: AwsFailure): BedrockAnswer {
  const headers = { 'x-amzn-errortype': `${exception}:http://internal.amazon.com/coral/com.amazon.bedrock/` };
  return { kind: 'json', status, headers, body: JSON.stringify({ [member]: message }), billed: null };
}

const SIMULATED: Readonly<Record<number, string>> = {
  408: 'ModelTimeoutException',
  424: 'ModelErrorException',
  429: 'ThrottlingException',
  503: 'ServiceUnavailableException',
};

function simulatedFailure(status: number): AwsFailure {
  const exception = SIMULATED[status] ?? (status >= 500 ? 'InternalServerException' : 'ValidationException');
  return new AwsFailure(status, exception, `simulated ${status}`);
}

function denied(key: AccessKey, { name, asked }: Operation, region: string): AwsFailure {
  const action = name.endsWith('stream') ? 'InvokeModelWithResponseStream' : 'InvokeModel';
  const resource = `arn:aws:bedrock:${region}::foundation-model/${asked?.id ?? '*'}`;
  const why = 'because no identity-based policy allows the action';
  const message = `User: ${key.arn} is not authorized to perform: bedrock:${action} on resource: ${resource} ${why} bedrock:${action}`;
  return new AwsFailure(403, 'AccessDeniedException', message, 'Message');
}

function listed(operation: Operation, target: string, models: Models): object {
  if (operation.name === 'foundation-models') return models.foundationModels();
  return models.inferenceProfiles(new URL(target, 'http://localhost').searchParams.get('type'));
}

function parsedBody(raw: Buffer): Body {
  if (raw.length === 0) return {};
  try {
    const value: unknown = JSON.parse(raw.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Body;
  } catch {
    // Answered like any other body that is no JSON object.
  }
  throw new AwsFailure(400, 'SerializationException', 'The request body is not a JSON object.', 'Message');
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
