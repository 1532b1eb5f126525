import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { deriveMasterKey, WeirError } from '@weir/contracts';
import { readTelemetrySettings, type TelemetrySettings } from '@weir/telemetry';

export interface Config {
  readonly home: string;
  readonly internalHost: string;
  readonly internalPort: number;
  readonly doorUrl: string;
  readonly doorToken: string;
  readonly queueUrl: string;
  readonly clickhouseUrl: string;
  /** Batches in hand at once. */
  readonly concurrency: number;
  /** Off only for the control run that shows what deduplication prevents; never in production. */
  readonly deduplication: 'on' | 'off';
  /** Backlog without progress for this long: the process gives itself up to be restarted. */
  readonly stuckAfterMs: number;
  /** Days after which spans of agents are gone. */
  readonly spanRetentionDays: number;
  /** null: no collector is told anything. */
  readonly telemetry: TelemetrySettings | null;
}

type Env = Readonly<Record<string, string | undefined>>;

/** @throws WeirError `CONFIG_INVALID` naming every fault at once */
export function readConfig(env: Env = process.env): Config {
  const faults: string[] = [];
  const whole = (name: string, fallback: number, min: number, max: number): number => {
    const text = env[name] || String(fallback);
    const value = Number(text);
    if (!(Number.isInteger(value) && value >= min && value <= max)) {
      faults.push(`${name} must be a whole number from ${min} to ${max}, not ${JSON.stringify(text)}`);
    }
    return value;
  };
  const address = (name: string, text: string | undefined, schemes: RegExp): string => {
    if (!text) faults.push(`${name} is not set`);
    else if (!URL.canParse(text) || !schemes.test(text)) faults.push(`${name} is not a usable address`);
    return text ?? '';
  };
  const home = resolve(env.WEIR_HOME || '.weir');
  const config: Config = {
    home,
    internalHost: env.WEIR_INTERNAL_HOST || '127.0.0.1',
    internalPort: whole('WEIR_WORKER_INTERNAL_PORT', 8082, 0, 65_535),
    doorUrl: address('WEIR_DOOR_URL', env.WEIR_DOOR_URL || 'http://127.0.0.1:4001', /^https?:\/\//),
    doorToken: doorToken(env, home, faults),
    queueUrl: address('WEIR_QUEUE_URL', env.WEIR_QUEUE_URL || env.REDIS_URL, /^(rediss?|unix|postgres(ql)?):/),
    clickhouseUrl: address('CLICKHOUSE_URL', env.CLICKHOUSE_URL, /^https?:\/\//),
    concurrency: whole('WEIR_WORKER_CONCURRENCY', 4, 1, 16),
    deduplication: env.WEIR_TEST_DEDUPLICATION === 'off' ? 'off' : 'on',
    stuckAfterMs: whole('WEIR_WORKER_STUCK_SECONDS', 30, 1, 3_600) * 1_000,
    spanRetentionDays: whole('WEIR_SPAN_RETENTION_DAYS', 30, 1, 3_650),
    telemetry: telemetry(env, faults),
  };
  if (config.deduplication === 'off' && env.NODE_ENV === 'production') {
    faults.push('WEIR_TEST_DEDUPLICATION=off stores usage twice on purpose; it is refused when NODE_ENV=production');
  }
  if (faults.length > 0) {
    throw new WeirError('CONFIG_INVALID', `the usage worker cannot start:\n${faults.map((f) => `- ${f}`).join('\n')}`);
  }
  return Object.freeze(config);
}

function telemetry(env: Env, faults: string[]): TelemetrySettings | null {
  try {
    return readTelemetrySettings(env);
  } catch (error) {
    faults.push((error as Error).message);
    return null;
  }
}

/** Given outright, or derived from the master key where that is at hand. */
function doorToken(env: Env, home: string, faults: string[]): string {
  if (env.WEIR_DOOR_TOKEN) return env.WEIR_DOOR_TOKEN;
  const file = join(home, 'keys', 'master.key');
  const encoded = env.WEIR_MASTER_KEY || (existsSync(file) ? readFileSync(file, 'utf8') : '');
  if (!encoded) {
    faults.push('WEIR_DOOR_TOKEN is not set');
    return '';
  }
  try {
    return deriveMasterKey(encoded).doorToken;
  } catch (error) {
    faults.push((error as Error).message);
    return '';
  }
}
