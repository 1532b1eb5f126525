import { readFileSync } from 'node:fs';
import { deriveMasterKey, type MasterKey, WeirError } from '@weir/contracts';
import { type Issuers, PUBLIC_ISSUERS } from '@weir/credentials';
import { readTelemetrySettings, type TelemetrySettings } from '@weir/telemetry';
import { z } from 'zod';

/** Injection token of the {@link Config}. */
export const CONFIG = Symbol('CONFIG');

const port = z.coerce.number().int().min(0).max(65_535);
const text = z.string().trim().min(1);

function url(protocols: readonly string[]) {
  return text.refine(
    (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol.slice(0, -1)),
    `must be a URL starting with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`,
  );
}

/** `http://host:3000/` -> `http://host:3000` */
const publicOrigin = url(['http', 'https'])
  .refine((value) => new URL(value).pathname === '/' && !new URL(value).search, 'must have no path')
  .transform((value) => new URL(value).origin);

const hostPorts = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((entry) => entry.trim().toLowerCase())
      .filter(Boolean),
  )
  .refine(
    (entries) => entries.every((entry) => /^(\[[0-9a-f:.]+\]|[^\s:/@]+):\d{1,5}$/.test(entry)),
    'must be a comma-separated list of host:port',
  );

const environment = z
  .object({
    WEIR_HOST: text.default('127.0.0.1'),
    WEIR_INTERNAL_HOST: text.default('127.0.0.1'),
    WEIR_CONTROL_PORT: port.default(4000),
    WEIR_CONTROL_INTERNAL_PORT: port.default(4001),
    WEIR_MASTER_KEY: text.transform((value, context): MasterKey => {
      try {
        return deriveMasterKey(value);
      } catch (error) {
        const message = error instanceof WeirError ? error.message : 'is not usable';
        context.addIssue({ code: 'custom', message });
        return z.NEVER;
      }
    }),
    DATABASE_URL: url(['postgres', 'postgresql']),
    WEIR_DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(200).default(10),
    CLICKHOUSE_URL: url(['http', 'https']),
    WEIR_ALLOWED_HOSTS: hostPorts,
    WEIR_ENTRA_AUTHORITY: publicOrigin.default(PUBLIC_ISSUERS.entraAuthority),
    WEIR_AWS_STS_URL: publicOrigin.optional(),
    WEIR_PUBLIC_PROXY_URL: url(['http', 'https'])
      .default('http://localhost:8080')
      .transform((value) => value.replace(/\/+$/, '')),
    WEIR_PUBLIC_CONSOLE_URL: publicOrigin.default('http://localhost:3000'),
    WEIR_ADMIN_EMAIL: text.optional(),
    WEIR_ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').max(256).optional(),
    WEIR_SETUP_LINK_FILE: text.optional(),
    WEIR_TRUSTED_PROXIES: text.default('loopback'),
    WEIR_GRAPHQL_INTROSPECTION: z.enum(['on', 'off']).default('off'),
    WEIR_CATALOG_URL: url(['http', 'https']).optional(),
    WEIR_CATALOG_REFRESH_HOURS: z.coerce.number().int().min(1).max(720).default(24),
    WEIR_USAGE_NOTICE_CALLS: z.coerce.number().int().min(1).max(10_000).default(20),
    WEIR_REPORT_KEEP_HOURS: z.coerce.number().int().min(1).max(8_760).default(168),
    WEIR_REPORT_MAX_MIB: z.coerce.number().int().min(1).max(102_400).default(1_024),
    WEIR_REPORT_PROJECT_MIB: z.coerce.number().int().min(1).max(1_048_576).default(4_096),
    WEIR_REPORTS_UNDER_WAY: z.coerce.number().int().min(1).max(1_000).default(5),
    WEIR_EXPORT_PATIENCE_SECONDS: z.coerce.number().int().min(1).max(86_400).default(300),
    WEIR_REPORT_PATIENCE_SECONDS: z.coerce.number().int().min(1).max(86_400).default(900),
  })
  .refine(
    ({ WEIR_CATALOG_URL: catalog, WEIR_ALLOWED_HOSTS: listed }) =>
      !catalog?.startsWith('http:') || listed.includes(hostPortOf(new URL(catalog))),
    { message: 'must be https, or its host:port must be in WEIR_ALLOWED_HOSTS', path: ['WEIR_CATALOG_URL'] },
  )
  .refine((env) => (env.WEIR_ADMIN_EMAIL === undefined) === (env.WEIR_ADMIN_PASSWORD === undefined), {
    message: 'WEIR_ADMIN_EMAIL and WEIR_ADMIN_PASSWORD must be set together',
    path: ['WEIR_ADMIN_EMAIL'],
  })
  .transform((env) => ({
    /** Public listener: `/graphql`. Port 0 picks a free one. */
    host: env.WEIR_HOST,
    port: env.WEIR_CONTROL_PORT,
    /** Internal listener: health, metrics, the door. */
    internalHost: env.WEIR_INTERNAL_HOST,
    internalPort: env.WEIR_CONTROL_INTERNAL_PORT,
    masterKey: env.WEIR_MASTER_KEY,
    databaseUrl: env.DATABASE_URL,
    databaseConnections: env.WEIR_DATABASE_CONNECTIONS,
    clickhouseUrl: env.CLICKHOUSE_URL,
    /** Private `host:port` upstreams the operator listed, lower case. */
    allowedHosts: env.WEIR_ALLOWED_HOSTS as readonly string[],
    /** Where tokens come from; proxies must be told the same. */
    issuers: {
      entraAuthority: env.WEIR_ENTRA_AUTHORITY,
      stsUrl: env.WEIR_AWS_STS_URL ?? PUBLIC_ISSUERS.stsUrl,
    } satisfies Issuers,
    /** Without a trailing slash. */
    publicProxyUrl: env.WEIR_PUBLIC_PROXY_URL,
    /** An origin: scheme, host, port. */
    publicConsoleUrl: env.WEIR_PUBLIC_CONSOLE_URL,
    admin:
      env.WEIR_ADMIN_EMAIL !== undefined && env.WEIR_ADMIN_PASSWORD !== undefined
        ? { email: env.WEIR_ADMIN_EMAIL, password: env.WEIR_ADMIN_PASSWORD }
        : null,
    /** Where the one-time set-up link is written (0600); null = standard output. */
    setupLinkFile: env.WEIR_SETUP_LINK_FILE ?? null,
    /** Peers whose `x-forwarded-for` counts: `loopback` or a list of addresses and ranges. */
    trustedProxies: env.WEIR_TRUSTED_PROXIES,
    introspection: env.WEIR_GRAPHQL_INTROSPECTION === 'on',
    /** Where newer price catalogs come from; null = only with a new release. */
    catalogUrl: env.WEIR_CATALOG_URL ?? null,
    catalogRefreshHours: env.WEIR_CATALOG_REFRESH_HOURS,
    /** Answers in a row without usage from which on a provider, or an endpoint of it, is given notice of. */
    usageNoticeCalls: env.WEIR_USAGE_NOTICE_CALLS,
    /** How long the file of a report can be downloaded. */
    reportKeepHours: env.WEIR_REPORT_KEEP_HOURS,
    /** Size of the biggest file, and of all files of a project. */
    reportMaxMiB: env.WEIR_REPORT_MAX_MIB,
    reportProjectMiB: env.WEIR_REPORT_PROJECT_MIB,
    /** Reports of a project that may wait or be made at once. */
    reportsUnderWay: env.WEIR_REPORTS_UNDER_WAY,
    /** How long a report waits for figures that cannot be read before it fails. */
    exportPatienceSeconds: env.WEIR_EXPORT_PATIENCE_SECONDS,
    reportPatienceSeconds: env.WEIR_REPORT_PATIENCE_SECONDS,
    version: packageVersion(),
  }));

/** `host:port` as operators list it, with the port its scheme implies. */
export function hostPortOf({ protocol, hostname, port }: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
}

export type Config = Readonly<z.output<typeof environment>> & {
  /** null: no collector is told anything. */
  readonly telemetry: TelemetrySettings | null;
};

function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return z.object({ version: z.string() }).parse(manifest).version;
}

/**
 * The only reader of the environment. Values are never echoed, since several are secret.
 * @throws WeirError `CONFIG_INVALID` listing every fault
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  const faults: string[] = [];
  let telemetry: TelemetrySettings | null = null;
  try {
    telemetry = readTelemetrySettings(env);
  } catch (error) {
    faults.push((error as Error).message);
  }
  if (parsed.success && faults.length === 0) return Object.freeze({ ...parsed.data, telemetry });
  const issues = (parsed.error?.issues ?? []).map((issue) => {
    const name = issue.path.join('.');
    const missing = issue.code === 'invalid_type' && given[name] === undefined;
    return missing ? `${name} is not set` : `${name}: ${issue.message}`;
  });
  throw new WeirError('CONFIG_INVALID', `The control plane cannot start:\n- ${[...issues, ...faults].join('\n- ')}`);
}
