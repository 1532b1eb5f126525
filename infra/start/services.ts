import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessSpec } from '../embedded/child.js';
import { withoutCredentials } from '../embedded/environment.js';
import { answersHttp } from '../embedded/http.js';
import type { Stores } from '../embedded/stores.js';
import type { StartConfig } from './config.js';

export type ServiceName = 'control-plane' | 'usage-worker' | 'proxy' | 'web';

/** Everything a service needs that is not in the operator's own environment. */
export interface ServiceSettings
  extends Pick<
    StartConfig,
    'host' | 'internalHost' | 'ports' | 'publicProxyUrl' | 'publicConsoleUrl' | 'allowedHosts'
  > {
  readonly home: string;
  readonly masterKey: string;
  readonly doorToken: string;
  readonly stores: Pick<Stores, 'databaseUrl' | 'clickhouseUrl' | 'clickhouseReaderUrl' | 'queueUrl'>;
  /** The control plane writes the one-time set-up link here while set-up is open. */
  readonly setupLinkFile: string;
  /** The first account, in place of the one the operator's environment may name. */
  readonly admin?: { readonly email: string; readonly password: string } | undefined;
}

export class NotBuilt extends Error {
  readonly code = 'NOT_BUILT';
}

/**
 * The four processes in the order they start.
 * @param root the checkout
 * @param env the operator's environment; credentials in it are not passed on
 * @throws NotBuilt
 */
export function services(
  root: string,
  settings: ServiceSettings,
  env: NodeJS.ProcessEnv,
): Record<ServiceName, ProcessSpec> {
  const { ports, internalHost, stores } = settings;
  const base = {
    ...withoutCredentials(env),
    NODE_ENV: 'production',
    WEIR_HOME: settings.home,
    WEIR_HOST: settings.host,
    WEIR_INTERNAL_HOST: internalHost,
  };
  const internal = (port: number) => `http://${hostInUrl(internalHost)}:${port}`;
  const doorUrl = env.WEIR_DOOR_URL || internal(ports.controlInternal);
  const service = (
    name: ServiceName,
    entry: string,
    readyUrl: string,
    stopGraceMs: number,
    own: NodeJS.ProcessEnv,
  ): ProcessSpec => ({
    name,
    command: process.execPath,
    args: ['--enable-source-maps', built(join(root, entry))],
    // Its own name, also where the operator has named all of Weir.
    env: { ...base, OTEL_SERVICE_NAME: `weir-${name}`, ...own },
    cwd: root,
    isReady: () => answersHttp(readyUrl),
    readyTimeoutMs: 60_000,
    stopSignal: 'SIGTERM',
    stopGraceMs,
  });
  return {
    'control-plane': service(
      'control-plane',
      'services/control-plane/dist/main.js',
      `${internal(ports.controlInternal)}/readyz`,
      25_000,
      {
        WEIR_CONTROL_PORT: String(ports.control),
        WEIR_CONTROL_INTERNAL_PORT: String(ports.controlInternal),
        WEIR_MASTER_KEY: settings.masterKey,
        DATABASE_URL: stores.databaseUrl,
        CLICKHOUSE_URL: stores.clickhouseReaderUrl,
        WEIR_PUBLIC_PROXY_URL: settings.publicProxyUrl,
        WEIR_PUBLIC_CONSOLE_URL: settings.publicConsoleUrl,
        WEIR_ALLOWED_HOSTS: settings.allowedHosts.join(','),
        WEIR_SETUP_LINK_FILE: settings.setupLinkFile,
        ...pick(env, ['WEIR_ADMIN_EMAIL', 'WEIR_ADMIN_PASSWORD']),
        ...(settings.admin && { WEIR_ADMIN_EMAIL: settings.admin.email, WEIR_ADMIN_PASSWORD: settings.admin.password }),
      },
    ),
    'usage-worker': service(
      'usage-worker',
      'services/usage-worker/dist/main.js',
      `${internal(ports.workerInternal)}/readyz`,
      60_000,
      {
        WEIR_WORKER_INTERNAL_PORT: String(ports.workerInternal),
        WEIR_DOOR_URL: doorUrl,
        WEIR_DOOR_TOKEN: settings.doorToken,
        WEIR_QUEUE_URL: stores.queueUrl,
        CLICKHOUSE_URL: stores.clickhouseUrl,
      },
    ),
    proxy: service('proxy', 'services/proxy/dist/main.js', `${internal(ports.proxyInternal)}/readyz`, 75_000, {
      WEIR_PROXY_PORT: String(ports.proxy),
      WEIR_PROXY_INTERNAL_PORT: String(ports.proxyInternal),
      WEIR_MASTER_KEY: settings.masterKey,
      WEIR_DOOR_URL: doorUrl,
      WEIR_QUEUE_URL: stores.queueUrl,
    }),
    web: service(
      'web',
      'web/.next/standalone/web/server.js',
      `http://${hostInUrl(settings.host)}:${ports.console}/`,
      10_000,
      {
        HOSTNAME: settings.host,
        PORT: String(ports.console),
        WEIR_CONTROL_URL: env.WEIR_CONTROL_URL || `http://${hostInUrl(settings.host)}:${ports.control}`,
        NEXT_TELEMETRY_DISABLED: '1',
      },
    ),
  };
}

/** A wildcard address is listened on, not called. */
export function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function built(path: string): string {
  if (!existsSync(path)) throw new NotBuilt(`${path} does not exist; run npm run build`);
  return path;
}

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}
