import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { deriveMasterKey, type MasterKey } from '@weir/contracts';
import { type Issuers, PUBLIC_ISSUERS } from '@weir/credentials';
import { readTelemetrySettings, type TelemetrySettings } from '@weir/telemetry';
import { ConfigError } from './errors.js';

export interface Config {
  readonly home: string;
  readonly host: string;
  readonly port: number;
  readonly internalHost: string;
  readonly internalPort: number;
  readonly doorUrl: string;
  readonly queueUrl: string;
  readonly processes: number;
  readonly drainMs: number;
  /** How long new connections are still accepted after a stop was asked for. */
  readonly drainAcceptMs: number;
  readonly keepAliveMs: number;
  readonly master: MasterKey;
  /** Of all workers together, for recorded calls that are not stored yet. */
  readonly transcriptSpoolBytes: number;
  /** The same for spans of agents. */
  readonly spanSpoolBytes: number;
  /** Where tokens and roles are asked for. */
  readonly issuers: Issuers;
  /** null: no collector is told anything. */
  readonly telemetry: TelemetrySettings | null;
}

/** What the primary tells a worker process about itself. */
export interface WorkerIdentity {
  readonly proxyId: string;
  readonly slot: number;
  /** Slots that no worker runs any more, whose journals this one ships to their end. */
  readonly adopted: readonly number[];
}

export function readIdentity(env: NodeJS.ProcessEnv = process.env): WorkerIdentity {
  return {
    proxyId: env.WEIR_PROXY_ID ?? '',
    slot: Number(env.WEIR_PROXY_SLOT),
    adopted: (env.WEIR_PROXY_ADOPTED ?? '').split(',').filter(Boolean).map(Number),
  };
}

/** @throws ConfigError naming every fault at once. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const faults: string[] = [];
  const integer = (name: string, fallback: number, min: number, max: number): number => {
    const text = env[name];
    if (text === undefined || text === '') return fallback;
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    faults.push(`${name} must be a whole number from ${min} to ${max}, not ${JSON.stringify(text)}`);
    return fallback;
  };
  const url = (name: string, text: string, schemes: RegExp): string => {
    if (!URL.canParse(text) || !schemes.test(text)) faults.push(`${name} is not a usable address`);
    return text;
  };

  const origin = (name: string, text: string | undefined): string | null => {
    if (!text) return null;
    if (URL.canParse(text) && /^https?:/.test(text) && new URL(text).href === `${new URL(text).origin}/`) {
      return new URL(text).origin;
    }
    faults.push(`${name} must be a scheme and a host, such as https://login.microsoftonline.us`);
    return null;
  };

  const home = resolve(env.WEIR_HOME || '.weir');
  const queue = env.WEIR_QUEUE_URL || env.REDIS_URL;
  if (!queue) faults.push('WEIR_QUEUE_URL is not set; give redis://host:6379 or a postgres:// address');
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    faults.push(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 switches off TLS verification; unset it, or add a CA by NODE_EXTRA_CA_CERTS',
    );
  }
  const config = {
    home,
    host: env.WEIR_HOST || '127.0.0.1',
    port: integer('WEIR_PROXY_PORT', 8080, 0, 65_535),
    internalHost: env.WEIR_INTERNAL_HOST || '127.0.0.1',
    internalPort: integer('WEIR_PROXY_INTERNAL_PORT', 8081, 0, 65_535),
    doorUrl: url('WEIR_DOOR_URL', env.WEIR_DOOR_URL || 'http://127.0.0.1:4001', /^https?:\/\//),
    queueUrl: queue ? url('WEIR_QUEUE_URL', queue, /^(rediss?|unix|postgres(ql)?):/) : '',
    processes: integer('WEIR_PROXY_PROCESSES', Math.min(availableParallelism(), 4), 1, 128),
    drainMs: integer('WEIR_DRAIN_SECONDS', 60, 0, 86_400) * 1_000,
    drainAcceptMs: integer('WEIR_DRAIN_ACCEPT_SECONDS', 0, 0, 600) * 1_000,
    keepAliveMs: integer('WEIR_PROXY_KEEP_ALIVE_SECONDS', 5, 1, 3_600) * 1_000,
    transcriptSpoolBytes: integer('WEIR_TRANSCRIPT_SPOOL_MB', 1_024, 1, 1_048_576) * 1024 * 1024,
    spanSpoolBytes: integer('WEIR_SPAN_SPOOL_MB', 256, 1, 1_048_576) * 1024 * 1024,
    master: masterKey(env, home, faults),
    telemetry: telemetry(env, faults),
    issuers: {
      entraAuthority: origin('WEIR_ENTRA_AUTHORITY', env.WEIR_ENTRA_AUTHORITY) ?? PUBLIC_ISSUERS.entraAuthority,
      stsUrl: origin('WEIR_AWS_STS_URL', env.WEIR_AWS_STS_URL),
    },
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze({ ...config, master: config.master as MasterKey });
}

function telemetry(env: NodeJS.ProcessEnv, faults: string[]): TelemetrySettings | null {
  try {
    return readTelemetrySettings(env);
  } catch (error) {
    faults.push((error as Error).message);
    return null;
  }
}

function masterKey(env: NodeJS.ProcessEnv, home: string, faults: string[]): MasterKey | undefined {
  const file = join(home, 'keys', 'master.key');
  const encoded = env.WEIR_MASTER_KEY || (existsSync(file) ? readFileSync(file, 'utf8') : '');
  if (!encoded) {
    faults.push(`there is no master key; set WEIR_MASTER_KEY or provide ${file}`);
    return undefined;
  }
  try {
    return deriveMasterKey(encoded);
  } catch (error) {
    faults.push((error as Error).message);
    return undefined;
  }
}
