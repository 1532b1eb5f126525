import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ServiceSettings, services } from './services.js';

const ENTRIES = [
  'services/control-plane/dist/main.js',
  'services/usage-worker/dist/main.js',
  'services/proxy/dist/main.js',
  'web/.next/standalone/web/server.js',
];
const settings: ServiceSettings = {
  home: '/home',
  host: '0.0.0.0',
  internalHost: '127.0.0.1',
  ports: { console: 1, control: 2, proxy: 3, controlInternal: 4, proxyInternal: 5, workerInternal: 6 },
  publicProxyUrl: 'http://proxy.example',
  publicConsoleUrl: 'http://console.example',
  allowedHosts: ['127.0.0.1:9'],
  masterKey: 'MASTER',
  doorToken: 'DOOR',
  stores: { databaseUrl: 'DATABASE', clickhouseUrl: 'WRITER', clickhouseReaderUrl: 'READER', queueUrl: 'QUEUE' },
  setupLinkFile: '/home/run/setup-link',
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'weir-services-'));
  for (const entry of ENTRIES) {
    mkdirSync(dirname(join(root, entry)), { recursive: true });
    writeFileSync(join(root, entry), '');
  }
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const SECRETS = ['MASTER', 'DOOR', 'DATABASE', 'WRITER', 'READER', 'QUEUE', 'ADMIN', 'OUTER'];
const outer = {
  PATH: '/bin',
  WEIR_PROXY_PROCESSES: '7',
  WEIR_MASTER_KEY: 'OUTER',
  DATABASE_URL: 'OUTER',
  REDIS_URL: 'OUTER',
  CLICKHOUSE_URL: 'OUTER',
  PGPASSWORD: 'OUTER',
  WEIR_ADMIN_EMAIL: 'a@example.com',
  WEIR_ADMIN_PASSWORD: 'ADMIN',
};

test('each process holds the credentials it uses and no other', () => {
  const specs = services(root, settings, outer);
  const held = (name: keyof typeof specs) =>
    SECRETS.filter((secret) => Object.values(specs[name].env).includes(secret));
  expect(held('control-plane')).toEqual(['MASTER', 'DATABASE', 'READER', 'ADMIN']);
  expect(held('usage-worker')).toEqual(['DOOR', 'WRITER', 'QUEUE']);
  expect(held('proxy')).toEqual(['MASTER', 'QUEUE']);
  expect(held('web')).toEqual([]);
});

test("the operator's other settings reach every process, and a wildcard address is called by loopback", () => {
  const specs = services(root, settings, outer);
  for (const { env } of Object.values(specs)) expect(env).toMatchObject({ PATH: '/bin', WEIR_PROXY_PROCESSES: '7' });
  expect(specs.web.env).toMatchObject({ HOSTNAME: '0.0.0.0', PORT: '1', WEIR_CONTROL_URL: 'http://127.0.0.1:2' });
  expect(specs.proxy.env).toMatchObject({ WEIR_DOOR_URL: 'http://127.0.0.1:4' });
});

test('each process is told of under its own name, wherever the operator sends telemetry', () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_SERVICE_NAME: 'weir' };
  const specs = services(root, settings, env);
  for (const name of ['proxy', 'usage-worker', 'control-plane'] as const) {
    expect(specs[name].env).toMatchObject({ ...env, OTEL_SERVICE_NAME: `weir-${name}` });
  }
});

test('what was not built is named', () => {
  rmSync(join(root, 'web'), { recursive: true });
  expect(() => services(root, settings, {})).toThrow('web/.next/standalone/web/server.js does not exist');
});
