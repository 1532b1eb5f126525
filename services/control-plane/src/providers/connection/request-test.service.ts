import { Inject, Injectable } from '@nestjs/common';
import { isReadableEndpoint, type ReplyReading, readReply } from '@weir/transcripts';
import { AuditService } from '../../platform/audit.service.js';
import { CONFIG, type Config } from '../../platform/config.js';
import { InputError } from '../../platform/errors.js';
import { PrismaService } from '../../platform/prisma.service.js';
import type { Viewer } from '../../platform/viewer.js';
import { checkReachable, RESOLVE, type Resolve } from '../resolve.js';
import { findLive } from '../save.service.js';
import { type Exchange, exchange } from './exchange.js';
import { openTarget } from './open-target.js';
import { storedTarget } from './target.js';

/** Below what the console waits for. */
const LIMIT_MS = 50_000;
const MAX_ANSWER_BYTES = 256 * 1024;

/** A request as a recorded turn made it, or as somebody changed it since. */
export interface RequestToTest {
  readonly provider: string;
  readonly endpoint: string;
  /** As the proxy took it. */
  readonly path: string;
  readonly body: string;
  /** The turn, for the trail. */
  readonly eventId: string;
}

export interface RequestTested {
  readonly exchange: Exchange;
  /** Messages as JSON, in the one form of all dialects; without a trace of a credential. */
  readonly messages: readonly string[];
  readonly isWhole: boolean;
  /** null = the upstream did not tell. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

/** Makes a request of a recorded turn once more: a real call to the upstream that no app makes, and that the trail knows. */
@Injectable()
export class RequestTests {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(RESOLVE) private readonly resolve: Resolve,
  ) {}

  /** @throws NotFound for a provider that is gone, InputError on what cannot be sent */
  async send(viewer: Viewer, { provider, endpoint, path, body, eventId }: RequestToTest): Promise<RequestTested> {
    // What is said in a Realtime session has no request that could be posted.
    if (!isReadableEndpoint(endpoint) || endpoint.startsWith('realtime')) {
      throw new InputError('REQUEST_NOT_TESTABLE', `Requests of ${endpoint} cannot be made from here.`, 'eventId');
    }
    const target = storedTarget(this.config.masterKey, await findLive(this.prisma, viewer.projectId, provider));
    await checkReachable(target.url, this.config.allowedHosts, this.resolve);
    const opened = openTarget(target, this.config);
    const heard: { said: ReplyReading | null; messages: string[]; usage: readonly (number | null)[] } = {
      ...{ said: null, messages: [], usage: [null, null] },
    };
    // What every request of the dialect needs beside its body, such as a version.
    const { model } = target.definition.requestFacts(endpoint, path, parsedOf(body));
    const headers = { ...target.definition.probe(model ?? '').headers, 'content-type': 'application/json' };
    const call = { method: 'POST' as const, path: path.replace(/^\//, ''), headers, body };
    const outcome =
      'failure' in opened
        ? { ...opened.failure, endpoint }
        : await exchange(target, opened.credential, call, model, this.config.allowedHosts, {
            bounds: { limitMs: LIMIT_MS, maxBytes: MAX_ANSWER_BYTES },
            isReadable: () => (heard.said?.outputMessages.length ?? 0) > 0,
            onAnswer: ({ status, headers: told, bytes }, clean) => {
              heard.said = readReply(bytes);
              heard.messages = heard.said.outputMessages.map((message) => clean(JSON.stringify(message)));
              const contentType = told['content-type'] ?? '';
              const head = { status, contentType, header: (name: string) => told[name] ?? null };
              const reader = target.definition.usageReader(endpoint, head);
              reader.push(bytes);
              const { meters } = reader.read();
              heard.usage = [meters.input ?? null, meters.output ?? null];
            },
          });
    const [inputTokens = null, outputTokens = null] = heard.usage;
    await this.audit.record(this.prisma, viewer, 'provider.test_request', provider, {
      ...{ eventId, origin: target.url.origin, model, requestBytes: Buffer.byteLength(body) },
      ...{ ok: outcome.ok, status: outcome.status, code: outcome.code, inputTokens, outputTokens },
    });
    const summary =
      outcome.code === 'TIMEOUT'
        ? `${target.url.hostname} did not end its answer within ${LIMIT_MS / 1_000} seconds. Through the proxy URL it may take longer.`
        : outcome.summary;
    return {
      ...{ exchange: { ...outcome, summary }, messages: heard.messages, inputTokens, outputTokens },
      isWhole: heard.said?.complete ?? false,
    };
  }
}

function parsedOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // The upstream says so, in its own words.
    return undefined;
  }
}
