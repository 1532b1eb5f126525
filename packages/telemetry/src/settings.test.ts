import { describe, expect, it } from 'vitest';
import { readTelemetrySettings } from './settings.js';

const ENDPOINT = 'http://collector:4318';
const read = (env: Record<string, string>) => readTelemetrySettings({ OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, ...env });

describe('telemetry is off', () => {
  it.each<[string, Record<string, string>]>([
    ['where nothing is set', {}],
    ['where no endpoint is named', { OTEL_SERVICE_NAME: 'x', OTEL_TRACES_EXPORTER: 'otlp' }],
    ['where an endpoint is empty', { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }],
    ['where it is disabled', { OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_SDK_DISABLED: 'TRUE' }],
    [
      'where neither kind is wanted',
      { OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT, OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' },
    ],
  ])('%s', (_why, env) => {
    expect(readTelemetrySettings(env)).toBeNull();
  });
});

describe('telemetry goes', () => {
  it('to the paths of a collector, all of it, where only its root is named', () => {
    const settings = read({ OTEL_EXPORTER_OTLP_ENDPOINT: `${ENDPOINT}/tenant/` });
    expect(settings).toMatchObject({
      traces: { url: `${ENDPOINT}/tenant/v1/traces`, protocol: 'http/protobuf', timeoutMs: 10_000 },
      metrics: { url: `${ENDPOINT}/tenant/v1/metrics`, compression: 'none' },
      sampler: { isParentBased: true, ratio: 1 },
      serviceName: null,
    });
  });

  it('where each kind says, with headers and time-outs of its own', () => {
    const settings = read({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/exactly',
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Basic%20eA%3D%3D, x-a=1',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-a=2',
      OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '500',
      OTEL_METRICS_EXPORTER: 'none',
    });
    expect(settings).toMatchObject({
      traces: {
        url: 'https://traces.example/exactly',
        protocol: 'http/json',
        headers: { authorization: 'Basic eA==', 'x-a': '2' },
        timeoutMs: 500,
      },
      metrics: null,
    });
  });

  it.each([
    ['always_off', undefined, { isParentBased: false, ratio: 0 }],
    ['traceidratio', '0.25', { isParentBased: false, ratio: 0.25 }],
    ['parentbased_traceidratio', '0.1', { isParentBased: true, ratio: 0.1 }],
    ['parentbased_always_off', '0.1', { isParentBased: true, ratio: 0 }],
  ])('for the traces that %s %s keeps', (name, ratio, sampler) => {
    const env = { OTEL_TRACES_SAMPLER: name, ...(ratio && { OTEL_TRACES_SAMPLER_ARG: ratio }) };
    expect(read(env)).toMatchObject({ sampler });
  });

  it('under the name and attributes of the operator', () => {
    const attributes = 'deployment.environment.name=prod,service.name=from-attributes';
    expect(read({ OTEL_RESOURCE_ATTRIBUTES: attributes })?.serviceName).toBe('from-attributes');
    const named = read({ OTEL_RESOURCE_ATTRIBUTES: attributes, OTEL_SERVICE_NAME: 'own' });
    expect(named).toMatchObject({ serviceName: 'own', resource: { 'deployment.environment.name': 'prod' } });
  });
});

it('every wrong setting is named at once, and no credential told', () => {
  const wrong = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_HEADERS: 'hunter2',
    OTEL_EXPORTER_OTLP_TIMEOUT: '-1',
    OTEL_TRACES_SAMPLER: 'sometimes',
    OTEL_METRICS_EXPORTER: 'prometheus',
    OTEL_METRIC_EXPORT_INTERVAL: 'a minute',
    OTEL_RESOURCE_ATTRIBUTES: 'a=%zz',
    OTEL_SDK_DISABLED: 'no',
  };
  let message = '';
  try {
    read(wrong);
  } catch (error) {
    expect(error).toMatchObject({ code: 'TELEMETRY_INVALID' });
    message = (error as Error).message;
  }
  for (const name of Object.keys(wrong)) expect(message).toContain(name);
  expect(message).not.toContain('hunter2');
  expect(() => read({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://me:hunter2@collector:4318' })).toThrow(
    /OTEL_EXPORTER_OTLP_ENDPOINT must hold no user name/,
  );
  const half = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '2' };
  expect(() => read(half)).toThrow(/OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1, not "2"/);
});
