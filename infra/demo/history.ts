import type { Meters, UsageEvent } from '@weir/contracts';
import { Random } from './random.js';
import { type DrawnCall, drawCall, type Scene } from './scene.js';
import { UNREMARKABLE } from './unremarkable.js';

const HOUR_MS = 3_600_000;
const DAYS = 14;
const CALLS_PER_BUSY_HOUR = 60;
/** Four days ago the upstream had a bad afternoon. */
const OUTAGE = { fromHoursAgo: 100, toHoursAgo: 97 };

/** Events of the last 14 days up to `untilMs`, oldest first. The same scene, moment and seed give the same events. */
export function history(scene: Scene, untilMs: number, seed = 14): UsageEvent[] {
  const random = new Random(seed);
  const firstHour = untilMs - DAYS * 24 * HOUR_MS;
  const events: UsageEvent[] = [];
  for (let hour = firstHour; hour < untilMs; hour += HOUR_MS) {
    const calls = Math.round(CALLS_PER_BUSY_HOUR * business(hour) * (0.8 + 0.4 * random.unit()));
    const moments = Array.from({ length: calls }, () => hour + random.unit() * HOUR_MS);
    for (const moment of moments.sort((a, b) => a - b)) {
      events.push(event(scene, random, Math.floor(moment), (untilMs - moment) / HOUR_MS));
    }
  }
  return events;
}

/** How busy an hour is, from 0 to 1: working days, with a midday peak and the nightly batch at two. */
function business(hourMs: number): number {
  const at = new Date(hourMs);
  const weekday = at.getUTCDay() % 6 !== 0;
  const hour = at.getUTCHours();
  const daytime = Math.max(0, Math.sin(((hour - 6) / 14) * Math.PI));
  return Math.max(hour === 2 ? 0.5 : 0.06, daytime) * (weekday ? 1 : 0.25);
}

type Ending = Pick<UsageEvent, 'outcome' | 'status' | 'upstreamStatus' | 'errorCode' | 'usageSource'>;

function ending(random: Random, hoursAgo: number): Ending {
  const isOutage = hoursAgo <= OUTAGE.fromHoursAgo && hoursAgo >= OUTAGE.toHoursAgo;
  const failed = { outcome: 'upstream_error', usageSource: 'none' } as const;
  return random.pick<Ending>([
    [{ outcome: 'completed', status: 200, upstreamStatus: 200, errorCode: null, usageSource: 'reported' }, 94],
    [{ outcome: 'client_closed', status: 200, upstreamStatus: 200, errorCode: null, usageSource: 'partial' }, 3],
    [{ ...failed, status: 429, upstreamStatus: 429, errorCode: 'rate_limit_exceeded' }, 2],
    [{ ...failed, status: 500, upstreamStatus: 500, errorCode: 'server_error' }, isOutage ? 60 : 0.5],
    [
      { outcome: 'refused', status: 403, upstreamStatus: null, errorCode: 'model_not_allowed', usageSource: 'none' },
      0.5,
    ],
  ]);
}

function meters(random: Random, { kind, provider }: DrawnCall, outcome: UsageEvent['outcome']): Meters {
  const input = Math.max(1, Math.round(random.around(kind.inputTokens)));
  const cachedInput = random.isTrue(0.45) ? Math.floor(input * (0.3 + 0.5 * random.unit())) : 0;
  if (outcome === 'client_closed') return { input: input - cachedInput, cachedInput };
  const output = kind.outputTokens === 0 ? 0 : Math.max(1, Math.round(random.around(kind.outputTokens)));
  if (kind.endpoint === 'embeddings') return { input };
  const base = { input: input - cachedInput, cachedInput, output };
  if (provider.type === 'anthropic') {
    return { ...base, cacheWrite5m: random.isTrue(0.3) ? Math.round(random.around(900)) : 0, cacheWrite1h: 0 };
  }
  return kind.model === 'gpt-5.4' ? { ...base, reasoning: Math.floor(output * 0.3) } : base;
}

function event(scene: Scene, random: Random, startedAt: number, hoursAgo: number): UsageEvent {
  const call = drawCall(random);
  const { app, provider, kind, user } = call;
  const end = ending(random, hoursAgo);
  const hasUsage = end.usageSource !== 'none';
  const counted = hasUsage ? meters(random, call, end.outcome) : {};
  const isRefused = end.outcome === 'refused';
  const firstByteMs = isRefused ? null : Math.round(random.around(hoursAgo < 120 && hoursAgo > 90 ? 900 : 320, 0.4));
  const answerMs = (counted.output ?? 30) * random.around(9, 0.2);
  return {
    ...UNREMARKABLE,
    eventId: random.id(startedAt),
    callId: random.id(startedAt),
    projectId: scene.projectId,
    environment: app.environment,
    provider: provider.name,
    providerId: scene.providerIds[provider.name] ?? null,
    providerType: provider.type,
    endpoint: kind.endpoint,
    path: { 'chat.completions': '/v1/chat/completions', embeddings: '/v1/embeddings', messages: '/v1/messages' }[
      kind.endpoint
    ],
    requestedModel: kind.model,
    servedModel: end.outcome === 'completed' || end.outcome === 'client_closed' ? kind.model : null,
    streamed: kind.streamed,
    appId: scene.apps[app.name]?.id as string,
    app: app.name,
    tokenId: scene.apps[app.name]?.tokenId as string,
    user,
    tags: app.tags,
    ...end,
    upstreamRequestId: isRefused ? null : `req_${random.id(startedAt).slice(-12)}`,
    startedAt,
    firstByteMs,
    firstTokenMs: kind.streamed && end.status === 200 ? firstByteMs : null,
    durationMs: Math.round((firstByteMs ?? 0) + (end.status === 200 ? answerMs : 2)),
    overheadMs: Math.round(random.around(0.4) * 100) / 100,
    requestBytes: 4 * ((counted.input ?? 300) + (counted.cachedInput ?? 0)),
    responseBytes: 5 * (counted.output ?? 60) + 400,
    abortAction: end.outcome === 'client_closed' ? 'cancelled' : null,
    meters: counted,
    usageSource: end.usageSource,
    alterations: isRefused ? [] : ['credential_replaced'],
  };
}
