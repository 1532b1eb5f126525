import type { Reading } from './reading.js';

/** How one kind of signal is sent to a collector. */
export interface OtlpSettings {
  readonly url: string;
  readonly protocol: 'http/protobuf' | 'http/json';
  /** May hold credentials of the collector. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly compression: 'gzip' | 'none';
}

const PATHS = { TRACES: 'v1/traces', METRICS: 'v1/metrics' } as const;
const PROTOCOLS = ['http/protobuf', 'http/json'] as const;

/** null: nothing of this kind is sent. */
export function otlpSettings(reading: Reading, signal: keyof typeof PATHS): OtlpSettings | null {
  if (reading.oneOf([`OTEL_${signal}_EXPORTER`], ['otlp', 'none'], 'otlp') === 'none') return null;
  const own = `OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`;
  const name = reading.text(own) === null ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : own;
  const text = reading.text(name);
  if (text === null) return null;
  const both = (setting: string) => [`OTEL_EXPORTER_OTLP_${signal}_${setting}`, `OTEL_EXPORTER_OTLP_${setting}`];
  const [ownTimeout = '', timeout = ''] = both('TIMEOUT');
  const [ownHeaders = '', headers = ''] = both('HEADERS');
  return {
    url: urlOf(reading, name, text, name === own ? '' : PATHS[signal]),
    protocol: reading.oneOf(both('PROTOCOL'), PROTOCOLS, 'http/protobuf', '; collectors listen for both on port 4318'),
    headers: { ...reading.pairs(headers), ...reading.pairs(ownHeaders) },
    timeoutMs: reading.whole(reading.text(ownTimeout) === null ? timeout : ownTimeout, 10_000, 1, 600_000),
    compression: reading.oneOf(both('COMPRESSION'), ['gzip', 'none'], 'none'),
  };
}

/** @param path appended where the variable names the root of a collector */
function urlOf(reading: Reading, name: string, text: string, path: string): string {
  if (!URL.canParse(text) || !/^https?:\/\//.test(text)) {
    reading.faults.push(`${name} must be an address such as http://collector:4318`);
    return text;
  }
  if (new URL(text).username !== '' || new URL(text).password !== '') {
    reading.faults.push(`${name} must hold no user name or password; name them in OTEL_EXPORTER_OTLP_HEADERS`);
  }
  return path === '' ? text : `${text.replace(/\/+$/, '')}/${path}`;
}
