import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const PACKAGE = fileURLToPath(new URL('../dist/index.js', import.meta.url));
/** Starts telemetry in a process of its own and tells which packages of OpenTelemetry it has loaded. */
const PROGRAM = `
  import { registerHooks } from 'node:module';
  const loaded = new Set();
  registerHooks({
    load: (url, context, next) => {
      const name = /@opentelemetry\\/([^/]+)/.exec(url)?.[1];
      if (name) loaded.add(name);
      return next(url, context);
    },
  });
  const { readTelemetrySettings, startTelemetry } = await import(${JSON.stringify(PACKAGE)});
  const telemetry = await startTelemetry(readTelemetrySettings(), { serviceName: 'test', instanceId: '1' });
  console.log(JSON.stringify({ isOn: telemetry !== null, loaded: [...loaded] }));
  process.exit(0);
`;

function start(env: Record<string, string>): { isOn: boolean; loaded: string[] } {
  const args = ['--input-type=module', '-e', PROGRAM];
  return JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8' }));
}

it('off means that nothing of OpenTelemetry is loaded', () => {
  expect(start({ OTEL_SERVICE_NAME: 'x' })).toEqual({ isOn: false, loaded: [] });
});

it('on means its SDK', () => {
  const { isOn, loaded } = start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' });
  expect(isOn).toBe(true);
  expect(loaded).toEqual(expect.arrayContaining(['sdk-node', 'sdk-trace', 'otlp-exporter-base']));
});
