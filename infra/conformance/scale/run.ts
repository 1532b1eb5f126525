import { type System, startSystem } from '../../e2e/system.js';
import { findRedisServer } from '../../embedded/redis.js';
import type { ScaleOptions } from '../options.js';
import { type Comparison, compareBooks } from './compare.js';
import { SCALE_DIALECTS } from './dialects.js';
import { driveStreams } from './drive.js';
import { DIALECTS, type DialectName, planStreams } from './plan.js';
import { BUCKETS, RATES } from './rates.js';
import { faultsOfTotals, readRecords } from './records.js';
import { startScaleUpstream } from './upstream.js';

export interface ScaleResult extends Comparison {
  readonly options: ScaleOptions;
  /** What is wrong with sums, beside what is wrong with single streams. */
  readonly faultsOfTotals: readonly string[];
  readonly driveSeconds: number;
  readonly seconds: number;
  /** `drained`, `cancelled`, … by how often. */
  readonly actions: Readonly<Record<string, number>>;
}

const REPORT_EVERY = 5_000;
const DRAIN_SECONDS = 60;

/** Streams of every dialect through a whole Weir of its own, then every book against every other. */
export async function runScale(options: ScaleOptions, root: string, say: (line: string) => void): Promise<ScaleResult> {
  const beganMs = performance.now();
  const plan = planStreams(options);
  const upstream = await startScaleUpstream(plan);
  let system: System | null = null;
  try {
    system = await startSystem({
      queue: findRedisServer() ? 'redis' : 'postgres',
      root,
      allowedHosts: [new URL(upstream.origin).host],
    });
    await system.console.setUp(system.setupLink);
    const urls = await setUp(system, upstream.origin, options.policy);
    const token = await system.console.createToken(await system.console.createApp('scale'));
    await system.configured();
    say(`${options.streams} streams, ${options.atOnce} at once, ${options.policy}, seed ${options.seed}`);
    const from = Date.now() - 60_000;
    const droveMs = performance.now();
    const ends = await driveStreams(plan, {
      ...{ urls, token, atOnce: options.atOnce, onHangUp: upstream.clientGone },
      onDone: (done) => done % REPORT_EVERY === 0 && say(`${done} streams have ended`),
    });
    const driveSeconds = (performance.now() - droveMs) / 1_000;
    await upstream.idle();
    await system.settled();
    const records = await readRecords(system);
    const totals = await faultsOfTotals(system, from, Date.now() + 60_000, options.streams);
    const comparison = compareBooks(plan, upstream.ledger, ends, records, options.policy);
    const actions: Record<string, number> = {};
    for (const { abortAction } of records) if (abortAction) actions[abortAction] = (actions[abortAction] ?? 0) + 1;
    const seconds = (performance.now() - beganMs) / 1_000;
    return { ...comparison, options, faultsOfTotals: totals, driveSeconds, seconds, actions };
  } finally {
    await system?.end();
    await upstream.close();
  }
}

/** A provider of each dialect, under one policy, with prices that are known to the suite alone. */
async function setUp({ console }: System, origin: string, policy: 'drain' | 'cancel') {
  const urls: Partial<Record<DialectName, string>> = {};
  for (const name of DIALECTS) {
    const { providerType: type, model, settings } = SCALE_DIALECTS[name];
    const secretId = `SCALE_${name.toUpperCase()}`;
    const isAws = type === 'bedrock';
    const key = { secretId, secretValue: 'sk-upstream-of-the-scale-run' };
    urls[name] = await console.createProvider({
      ...{ name, displayName: name, type, baseUrl: `${origin}${type.startsWith('openai') ? '/v1' : ''}` },
      ...{ onClientClose: policy.toUpperCase(), drainSeconds: DRAIN_SECONDS, usageFallback: 'NONE' },
      settings: Object.entries(settings).map(([setting, value]) => ({ name: setting, value })),
      credentialKind: isAws ? 'aws_static_keys' : 'api_key',
      ...(isAws ? { credentials: awsKeys(secretId) } : key),
    });
    const rates = (Object.keys(RATES) as (keyof typeof RATES)[]).map((tokens) => ({
      bucket: BUCKETS[tokens],
      usdPerMillion: RATES[tokens],
    }));
    await console.ask('mutation($input: SetPriceOverrideInput!) { setPriceOverride(input: $input) { model } }', {
      input: { provider: name, model, rates },
    });
  }
  return urls as Record<DialectName, string>;
}

const awsKeys = (secretId: string) => [
  { slot: 'access_key_id', secretId: `${secretId}_ID`, secretValue: 'AKIACONFORMANCE00001' },
  { slot: 'secret_access_key', secretId, secretValue: 'secret-of-the-scale-run' },
];
