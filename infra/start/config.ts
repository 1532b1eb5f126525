import { join } from 'node:path';
import { readTelemetrySettings } from '@weir/telemetry';
import type { GivenStores, QueueKind } from '../embedded/stores.js';

export interface Ports {
  readonly console: number;
  readonly control: number;
  readonly proxy: number;
  readonly controlInternal: number;
  readonly proxyInternal: number;
  readonly workerInternal: number;
}

export interface StartConfig {
  readonly home: string;
  readonly host: string;
  readonly internalHost: string;
  readonly ports: Ports;
  readonly stores: GivenStores;
  readonly masterKey: string | undefined;
  readonly publicProxyUrl: string;
  readonly publicConsoleUrl: string;
  readonly allowedHosts: readonly string[];
  readonly isDemo: boolean;
  /** Where telemetry goes, for people; null = nowhere. */
  readonly telemetry: string | null;
}

export class ConfigInvalid extends Error {
  readonly code = 'CONFIG_INVALID';
}

/** @throws ConfigInvalid naming every fault at once */
export function readStartConfig(env: NodeJS.ProcessEnv, args: readonly string[], root: string): StartConfig {
  const faults: string[] = [];
  const port = (name: string, fallback: number): number => {
    const text = env[name] || String(fallback);
    const value = Number(text);
    if (Number.isInteger(value) && value >= 1 && value <= 65_535) return value;
    faults.push(`${name} must be a port from 1 to 65535, not ${JSON.stringify(text)}`);
    return fallback;
  };
  const queue = env.WEIR_QUEUE || undefined;
  if (queue !== undefined && queue !== 'redis' && queue !== 'postgres') {
    faults.push(`WEIR_QUEUE must be redis or postgres, not ${JSON.stringify(queue)}`);
  }
  for (const arg of args) if (arg !== '--demo') faults.push(`unknown option ${arg}; there is only --demo`);
  const isDemo = args.includes('--demo');
  const ports: Ports = {
    console: port('WEIR_CONSOLE_PORT', 3000),
    control: port('WEIR_CONTROL_PORT', 4000),
    proxy: port('WEIR_PROXY_PORT', 8080),
    controlInternal: port('WEIR_CONTROL_INTERNAL_PORT', 4001),
    proxyInternal: port('WEIR_PROXY_INTERNAL_PORT', 8081),
    workerInternal: port('WEIR_WORKER_INTERNAL_PORT', 8082),
  };
  const telemetry = telemetryOf(env, faults);
  if (faults.length > 0)
    throw new ConfigInvalid(`Weir cannot start:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
  return {
    // A demo gets a home of its own, so that nothing made up ever stands among real figures.
    home: env.WEIR_HOME || join(root, isDemo ? '.weir-demo' : '.weir'),
    host: env.WEIR_HOST || '127.0.0.1',
    internalHost: env.WEIR_INTERNAL_HOST || '127.0.0.1',
    ports,
    stores: {
      databaseUrl: env.DATABASE_URL || undefined,
      clickhouseUrl: env.CLICKHOUSE_URL || undefined,
      queueUrl: env.WEIR_QUEUE_URL || env.REDIS_URL || undefined,
      queue: queue as QueueKind | undefined,
    },
    masterKey: env.WEIR_MASTER_KEY || undefined,
    publicProxyUrl: env.WEIR_PUBLIC_PROXY_URL || `http://localhost:${ports.proxy}`,
    publicConsoleUrl: env.WEIR_PUBLIC_CONSOLE_URL || `http://localhost:${ports.console}`,
    allowedHosts: (env.WEIR_ALLOWED_HOSTS || '').split(',').filter(Boolean),
    isDemo,
    telemetry,
  };
}

/** The collector's origins alone: the rest of an address may hold a credential. */
function telemetryOf(env: NodeJS.ProcessEnv, faults: string[]): string | null {
  try {
    const settings = readTelemetrySettings(env);
    const named = [settings?.traces && ['spans', settings.traces], settings?.metrics && ['metrics', settings.metrics]];
    const parts = named.flatMap((each) => (each ? [each as [string, { url: string }]] : []));
    return parts.map(([what, { url }]) => `${what} to ${new URL(url).origin}`).join(', ') || null;
  } catch (error) {
    faults.push((error as Error).message);
    return null;
  }
}
