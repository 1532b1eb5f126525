import type { UsageEvent } from '@weir/contracts';
import { providerTypeOf } from '@weir/providers';
import { APPS, PROVIDERS } from '../plan.js';
import { Random } from '../random.js';
import type { Scene } from '../scene.js';
import { UNREMARKABLE } from '../unremarkable.js';
import { chatBodies } from './chat.js';
import type { Bodies, Exchange, GivenAnswer, StoryCall } from './exchange.js';
import { tokensIn } from './exchange.js';
import { messagesBodies } from './messages.js';
import type { Answer, Story, ToolCall, Turn } from './story.js';

/** A call of the demo with what was said in it. */
export interface ToldCall {
  readonly event: UsageEvent;
  readonly bodies: Bodies;
  readonly headers: Readonly<Record<string, string>>;
}

const MS_PER_TOKEN = 13;
const TOOL_MS = 700;
const READING_MS = 25_000;
const RETRY_MS = 2_000;

/** The calls of a story, in the order in which they began. What they used is what their answers say. */
export function tell(scene: Scene, story: Story, seed: number): ToldCall[] {
  return new Telling(scene, story, new Random(seed)).all();
}

class Telling {
  private readonly told: ToldCall[] = [];
  private nowMs: number;

  constructor(
    private readonly scene: Scene,
    private readonly story: Story,
    private readonly random: Random,
  ) {
    this.nowMs = story.beginsAt;
  }

  all(): ToldCall[] {
    this.turns(this.story.system, this.story.turns, {});
    return this.told;
  }

  private turns(system: string, turns: readonly Turn[], agentHeaders: Readonly<Record<string, string>>): void {
    let said: Exchange[] = [];
    const ends: Exchange[][] = [];
    let callId = '';
    let attempt = 1;
    for (const [at, turn] of turns.entries()) {
      const { asks = null, answer, isRepeat = false, goesOnFrom } = turn;
      if (goesOnFrom !== undefined) said = [...(ends[goesOnFrom - 1] ?? [])];
      this.nowMs += turn.afterMs ?? (isRepeat ? RETRY_MS : asks === null || at === 0 ? 0 : READING_MS);
      callId = isRepeat ? callId : this.random.id(this.nowMs);
      attempt = isRepeat ? attempt + 1 : 1;
      const given = this.given(answer);
      this.call({ system, past: said, asks, answer: given }, { callId, attempt }, agentHeaders);
      if (answer.fails === undefined) said = [...said, { asks, answer: given }];
      ends.push(said);
      for (const call of answer.calls ?? []) this.use(call);
    }
  }

  /** What the app does before it asks again. */
  private use({ takesMs = TOOL_MS, agent }: ToolCall): void {
    this.nowMs += Math.round(this.random.around(takesMs, 0.3));
    if (agent !== undefined) this.turns(agent.system, agent.turns, { 'x-claude-code-agent-id': agent.id });
  }

  private given(answer: Answer): GivenAnswer {
    const prefix = this.story.provider.startsWith('anthropic') ? 'toolu_01' : 'call_';
    return { ...answer, callIds: (answer.calls ?? []).map(() => `${prefix}${this.token()}`) };
  }

  private token(): string {
    return this.random.id(this.nowMs).replaceAll('-', '').slice(-20);
  }

  private call(
    said: Pick<StoryCall, 'system' | 'past' | 'asks' | 'answer'>,
    identity: Pick<UsageEvent, 'callId' | 'attempt'>,
    agentHeaders: Readonly<Record<string, string>>,
  ): void {
    const { story, random } = this;
    const id = this.token();
    const type = PROVIDERS.find(({ name }) => name === story.provider)?.type ?? 'openai';
    const isMessages = type === 'anthropic';
    const bodies = (isMessages ? messagesBodies : chatBodies)({ story, ...said, id });
    const named = story.named === null ? {} : { [story.named.header]: story.named.id };
    const isFailed = bodies.status !== 200;
    const endpoint = isMessages ? 'messages' : 'chat.completions';
    const head = { status: bodies.status, contentType: bodies.contentType };
    const reader = providerTypeOf(type).usageReader(endpoint, head);
    reader.push(Buffer.from(bodies.response));
    const { meters, otherMeters, rawUsage, usageSource, errorCode, servedModel } = reader.read();
    const firstByteMs = Math.round(random.around(isFailed ? 240 : 620 + tokensIn(bodies.request) / 20, 0.25));
    const durationMs = firstByteMs + Math.round((meters.output ?? 0) * random.around(MS_PER_TOKEN, 0.15));
    const startedAt = this.nowMs;
    const app = APPS.find(({ name }) => name === story.app);
    this.told.push({
      bodies,
      headers: { ...named, ...agentHeaders },
      event: {
        ...UNREMARKABLE,
        ...identity,
        eventId: random.id(startedAt),
        projectId: this.scene.projectId,
        environment: app?.environment ?? '',
        provider: story.provider,
        providerId: this.scene.providerIds[story.provider] ?? null,
        providerType: type,
        endpoint,
        path: isMessages ? '/v1/messages' : '/v1/chat/completions',
        requestedModel: story.model,
        servedModel,
        streamed: story.streamed && !isFailed,
        appId: this.scene.apps[story.app]?.id as string,
        app: story.app,
        tokenId: this.scene.apps[story.app]?.tokenId as string,
        user: story.user,
        agent: story.agent,
        tags: story.tags,
        conversation: story.named?.header === 'x-weir-conversation' ? story.named.id : null,
        outcome: isFailed ? 'upstream_error' : 'completed',
        errorCode,
        ...{ status: bodies.status, upstreamStatus: bodies.status },
        upstreamRequestId: `req_${id}`,
        startedAt,
        firstByteMs,
        firstTokenMs: story.streamed && !isFailed ? firstByteMs : null,
        durationMs,
        overheadMs: Math.round(random.around(0.4) * 100) / 100,
        requestBytes: Buffer.byteLength(bodies.request),
        responseBytes: Buffer.byteLength(bodies.response),
        clientRetry: identity.attempt - 1,
        ...{ meters, otherMeters, usageSource, rawUsage },
        alterations: ['credential_replaced'],
      },
    });
    this.nowMs += durationMs;
  }
}
