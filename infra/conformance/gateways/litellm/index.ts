import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Case } from '../../case/index.js';
import type { ClientTarget } from '../../client/send.js';
import type { BoundCase, CallAt, Gateway, GatewayRecord } from '../gateway.js';
import { askedOf, modelsOf } from './asked.js';
import { aliasOf, deploymentsOf } from './models.js';
import { KEY, type LiteLlm, startLiteLlm, VERSION } from './process.js';
import { METERS, type Recorded, recorded, toRecord } from './record.js';
import { whyNot } from './why-not.js';

const QUIET_MS = 15_000;
const POLL_MS = 500;

/** LiteLLM's proxy from PyPI. Its records are what it hands to any log sink of its own. */
export class LiteLlmGateway implements Gateway {
  readonly name = 'litellm';
  readonly meters = METERS;
  readonly isRelay = false;
  /** It is one process of one thread; what it has no time for is not what the cases ask. */
  readonly casesAtOnce = 4;
  private running: LiteLlm | null = null;
  private read: readonly Recorded[] | null = null;
  private readonly indexes = new Map<string, number>();
  private readonly caseOf = new Map<string, string>();

  /** @param root the checkout */
  constructor(private readonly root: string) {}

  describe(): string {
    return `LiteLLM ${VERSION}`;
  }

  whyNot(one: Case): string | null {
    return whyNot(one);
  }

  async start(cases: readonly BoundCase[]): Promise<ReadonlyMap<string, string>> {
    for (const [index, one] of cases.entries()) this.indexes.set(one.case.id, index);
    const deployments = cases.flatMap((one, index) => deploymentsOf(one, index, modelsOf(one.case)));
    const recorder = join(this.root, 'infra/conformance/gateways/litellm/recorder.py');
    this.running = await startLiteLlm(deployments, recorder);
    return new Map();
  }

  target({ case: one }: BoundCase, { call, nonce, body }: CallAt): ClientTarget {
    if (this.running === null) throw new Error('not started');
    this.caseOf.set(nonce, one.id);
    const type = one.providers.find(({ name }) => name === call.provider)?.type ?? '';
    const asked = askedOf(call, type);
    if (asked === null) throw new Error(`${one.id} cannot be asked`);
    const alias = aliasOf(
      this.indexes.get(one.id) ?? 0,
      call.provider,
      modelsOf(one).get(call.provider) ?? new Set(),
      asked.model,
    );
    const sent = asked.body(alias, body);
    return {
      origin: this.running.origin,
      path: asked.path(alias),
      headers: {
        authorization: `Bearer ${KEY}`,
        'x-litellm-call-id': nonce,
        'x-conformance-nonce': nonce,
        ...(sent !== null && { 'content-length': String(sent.length) }),
      },
      ...(sent !== null && { body: sent }),
    };
  }

  /** It writes after the call is over: nothing more comes once nothing came for a while. */
  async settled(): Promise<void> {
    this.read = null;
    let known = -1;
    let since = Date.now();
    while (Date.now() - since < QUIET_MS) {
      const { size } = await stat(this.running?.records ?? '');
      if (size !== known) {
        known = size;
        since = Date.now();
      }
      await sleep(POLL_MS);
    }
  }

  async records({ case: one }: BoundCase): Promise<readonly GatewayRecord[]> {
    this.read ??= await this.lines();
    return this.read.filter(({ nonce }) => this.caseOf.get(nonce ?? '') === one.id).map(toRecord);
  }

  private async lines(): Promise<Recorded[]> {
    const text = await readFile(this.running?.records ?? '', 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    return whole
      .split('\n')
      .filter(Boolean)
      .map((line) => recorded.parse(JSON.parse(line)));
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    this.running = null;
  }
}
