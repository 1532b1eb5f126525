import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadConfig } from './config.js';

const WEIR_MASTER_KEY = randomBytes(32).toString('base64');
const NEEDED = {
  WEIR_MASTER_KEY,
  DATABASE_URL: 'postgres://weir:database-canary@127.0.0.1/weir',
  CLICKHOUSE_URL: 'http://weir:clickhouse-canary@127.0.0.1:8123/weir',
};

function faultsOf(env: NodeJS.ProcessEnv): string {
  try {
    loadConfig(env);
  } catch (error) {
    return String((error as Error).message);
  }
  return '';
}

describe('the environment', () => {
  it('needs three settings and defaults the rest', () => {
    expect(loadConfig(NEEDED)).toMatchObject({
      host: '127.0.0.1',
      port: 4000,
      internalPort: 4001,
      publicConsoleUrl: 'http://localhost:3000',
      publicProxyUrl: 'http://localhost:8080',
      allowedHosts: [],
      admin: null,
      introspection: false,
      trustedProxies: 'loopback',
    });
  });

  it('counts an empty value as none', () => {
    expect(loadConfig({ ...NEEDED, WEIR_CONTROL_PORT: '', WEIR_ADMIN_EMAIL: '' })).toMatchObject({
      port: 4000,
      admin: null,
    });
  });

  it('is refused with every fault named and no value repeated', () => {
    const message = faultsOf({
      WEIR_MASTER_KEY: 'key-canary',
      CLICKHOUSE_URL: 'tcp://clickhouse-canary',
      WEIR_CONTROL_PORT: '70000',
      WEIR_PUBLIC_CONSOLE_URL: 'https://console.example.test/path-canary',
      WEIR_ALLOWED_HOSTS: '10.0.0.1:80, host-canary',
      WEIR_ADMIN_EMAIL: 'root@localhost',
      WEIR_GRAPHQL_INTROSPECTION: 'yes-canary',
    });
    for (const name of [
      'WEIR_MASTER_KEY',
      'DATABASE_URL is not set',
      'CLICKHOUSE_URL',
      'WEIR_CONTROL_PORT',
      'WEIR_PUBLIC_CONSOLE_URL',
      'WEIR_ALLOWED_HOSTS',
      'WEIR_GRAPHQL_INTROSPECTION',
    ]) {
      expect(message).toContain(name);
    }
    expect(message).not.toContain('canary');
    expect(faultsOf({ ...NEEDED, WEIR_ADMIN_EMAIL: 'root@localhost' })).toContain('must be set together');
    expect(faultsOf({ ...NEEDED, WEIR_MASTER_KEY: Buffer.alloc(32).toString('base64') })).toContain('32 random bytes');
  });

  it('takes prices from https, or from a host that is listed', () => {
    const at = (WEIR_CATALOG_URL: string, WEIR_ALLOWED_HOSTS = '') => ({
      ...NEEDED,
      WEIR_CATALOG_URL,
      WEIR_ALLOWED_HOSTS,
    });
    expect(loadConfig(NEEDED)).toMatchObject({ catalogUrl: null, catalogRefreshHours: 24 });
    expect(loadConfig(at('https://prices.example.test/c.json')).catalogUrl).toBe('https://prices.example.test/c.json');
    expect(loadConfig(at('http://10.0.0.1:80/c.json', '10.0.0.1:80'))).toBeDefined();
    expect(faultsOf(at('http://prices.example.test/c.json'))).toContain('WEIR_CATALOG_URL: must be https');
    expect(faultsOf({ ...NEEDED, WEIR_CATALOG_REFRESH_HOURS: '0' })).toContain('WEIR_CATALOG_REFRESH_HOURS');
  });

  it('says after how many answers without usage somebody is told', () => {
    expect(loadConfig(NEEDED).usageNoticeCalls).toBe(20);
    expect(loadConfig({ ...NEEDED, WEIR_USAGE_NOTICE_CALLS: '3' }).usageNoticeCalls).toBe(3);
    expect(faultsOf({ ...NEEDED, WEIR_USAGE_NOTICE_CALLS: '0' })).toContain('WEIR_USAGE_NOTICE_CALLS');
  });

  it('normalises addresses and hosts', () => {
    const config = loadConfig({
      ...NEEDED,
      WEIR_ALLOWED_HOSTS: ' LLM.internal:8000 ,[::1]:9000,',
      WEIR_PUBLIC_PROXY_URL: 'https://llm.example.test//',
      WEIR_PUBLIC_CONSOLE_URL: 'https://Console.example.test/',
    });
    expect(config.allowedHosts).toEqual(['llm.internal:8000', '[::1]:9000']);
    expect(config.publicProxyUrl).toBe('https://llm.example.test');
    expect(config.publicConsoleUrl).toBe('https://console.example.test');
  });
});
