import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.js';

const env = {
  WEIR_HOME: '/nonexistent',
  WEIR_MASTER_KEY: randomBytes(32).toString('base64'),
  REDIS_URL: 'redis://127.0.0.1:6379',
};

describe('configuration', () => {
  it('has defaults for all but the key and the queue', () => {
    expect(readConfig(env)).toMatchObject({
      port: 8080,
      internalPort: 8081,
      doorUrl: 'http://127.0.0.1:4001',
      drainMs: 60_000,
      keepAliveMs: 5_000,
      queueUrl: env.REDIS_URL,
    });
  });

  it('takes token issuers of the operator’s as a scheme and a host', () => {
    const urls = {
      WEIR_ENTRA_AUTHORITY: 'https://login.microsoftonline.us/',
      WEIR_AWS_STS_URL: 'https://sts.internal:8443',
    };
    expect(readConfig({ ...env, ...urls }).issuers).toEqual({
      entraAuthority: 'https://login.microsoftonline.us',
      stsUrl: 'https://sts.internal:8443',
    });
    expect(() => readConfig({ ...env, WEIR_ENTRA_AUTHORITY: 'https://login.example/tenant' })).toThrow(/AUTHORITY/);
    expect(() => readConfig({ ...env, WEIR_AWS_STS_URL: 'ftp://sts' })).toThrow(/STS_URL/);
  });

  it('names every fault at once', () => {
    const faulty = {
      WEIR_HOME: '/nonexistent',
      WEIR_PROXY_PORT: '80x',
      WEIR_PROXY_PROCESSES: '0',
      WEIR_DOOR_URL: 'nonsense',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    };
    expect(() => readConfig(faulty)).toThrow(
      /WEIR_QUEUE_URL[\s\S]*NODE_TLS_REJECT_UNAUTHORIZED[\s\S]*WEIR_PROXY_PORT[\s\S]*WEIR_DOOR_URL[\s\S]*WEIR_PROXY_PROCESSES[\s\S]*master key/,
    );
  });

  it.each(['', 'short', Buffer.alloc(32).toString('base64'), randomBytes(31).toString('base64')])(
    'takes no master key like %j',
    (key) => {
      expect(() => readConfig({ ...env, WEIR_MASTER_KEY: key })).toThrow(/key/i);
    },
  );
});
