import { expect, test } from 'vitest';
import { readStartConfig } from './config.js';

test('with nothing set, everything is on its documented port and runs here', () => {
  const config = readStartConfig({}, [], '/checkout');
  expect(config).toMatchObject({
    home: '/checkout/.weir',
    host: '127.0.0.1',
    ports: {
      console: 3000,
      control: 4000,
      proxy: 8080,
      controlInternal: 4001,
      proxyInternal: 8081,
      workerInternal: 8082,
    },
    stores: { databaseUrl: undefined, clickhouseUrl: undefined, queueUrl: undefined, queue: undefined },
    publicProxyUrl: 'http://localhost:8080',
    publicConsoleUrl: 'http://localhost:3000',
    isDemo: false,
    telemetry: null,
  });
});

test('where telemetry goes is told without what an address may hide, and a wrong setting is named', () => {
  const at = (env: NodeJS.ProcessEnv) => readStartConfig(env, [], '/').telemetry;
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example/token-1234' };
  expect(at(endpoint)).toBe('spans to https://collector.example, metrics to https://collector.example');
  expect(at({ ...endpoint, OTEL_METRICS_EXPORTER: 'none' })).toBe('spans to https://collector.example');
  expect(() => at({ ...endpoint, OTEL_TRACES_SAMPLER: 'often' })).toThrow('OTEL_TRACES_SAMPLER');
});

test('addresses shown to people follow the ports unless they are given', () => {
  const env = { WEIR_PROXY_PORT: '9000', WEIR_CONSOLE_PORT: '9001', WEIR_PUBLIC_CONSOLE_URL: 'https://weir.example' };
  const { publicProxyUrl, publicConsoleUrl } = readStartConfig(env, [], '/');
  expect([publicProxyUrl, publicConsoleUrl]).toEqual(['http://localhost:9000', 'https://weir.example']);
});

test('every fault is named at once', () => {
  const read = () =>
    readStartConfig({ WEIR_PROXY_PORT: 'http', WEIR_CONTROL_PORT: '70000', WEIR_QUEUE: 'memory' }, ['--fast'], '/');
  for (const part of ['WEIR_PROXY_PORT', '"70000"', 'WEIR_QUEUE must be redis or postgres', '--fast']) {
    expect(read).toThrow(part);
  }
});

test('REDIS_URL is the queue unless WEIR_QUEUE_URL names another', () => {
  const stores = (env: NodeJS.ProcessEnv) => readStartConfig(env, [], '/').stores.queueUrl;
  expect(stores({ REDIS_URL: 'redis://a' })).toBe('redis://a');
  expect(stores({ REDIS_URL: 'redis://a', WEIR_QUEUE_URL: 'redis://b' })).toBe('redis://b');
});

test('a demo has a home of its own unless one is given', () => {
  expect(readStartConfig({}, ['--demo'], '/checkout')).toMatchObject({ isDemo: true, home: '/checkout/.weir-demo' });
  expect(readStartConfig({ WEIR_HOME: '/mine' }, ['--demo'], '/checkout').home).toBe('/mine');
});
