import { isKept } from '../kept-attributes.js';
import {
  type Attributes,
  type AttributeValue,
  cutText,
  emptySpan,
  MAX_ATTRIBUTES,
  MAX_LIST,
  noAttributes,
  type OnSpan,
  OtlpFault,
  type OtlpSpan,
  type Scalar,
} from './span.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * The same in JSON: names in lower camel case, ids in hex, 64-bit numbers as text or as numbers
 * (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). @throws OtlpFault
 */
export function readJson(text: string, onSpan: OnSpan): void {
  const request = objectOf(parsed(text), 'the body');
  for (const [r, resourceSpans] of listOf(request, 'resourceSpans', '').entries()) {
    const place = `resourceSpans[${r}]`;
    const { resource, ...rest } = objectOf(resourceSpans, place);
    const about =
      resource === undefined ? noAttributes() : attributesOf(objectOf(resource, `${place}.resource`), place);
    for (const [s, scopeSpans] of listOf(rest, 'scopeSpans', place).entries()) {
      const scopePlace = `${place}.scopeSpans[${s}]`;
      const spans = listOf(objectOf(scopeSpans, scopePlace), 'spans', scopePlace);
      for (const [n, span] of spans.entries()) onSpan(spanOf(span, `${scopePlace}.spans[${n}]`), about);
    }
  }
}

function spanOf(value: unknown, place: string): OtlpSpan {
  const json = objectOf(value, place);
  const span = emptySpan();
  span.traceId = textAt(json, 'traceId', place);
  span.spanId = textAt(json, 'spanId', place);
  span.parentSpanId = textAt(json, 'parentSpanId', place);
  span.name = cutText(textAt(json, 'name', place), 255);
  span.kind = enumAt(json, 'kind', 'SPAN_KIND_', KINDS);
  span.startNs = nanosecondsAt(json, 'startTimeUnixNano', place);
  span.endNs = nanosecondsAt(json, 'endTimeUnixNano', place);
  const { status } = json;
  if (status !== undefined && status !== null) {
    span.statusCode = enumAt(objectOf(status, `${place}.status`), 'code', 'STATUS_CODE_', STATUSES);
  }
  for (const [n, event] of listOf(json, 'events', place).entries()) {
    span.leftOut++;
    const eventPlace = `${place}.events[${n}]`;
    for (const one of listOf(objectOf(event, eventPlace), 'attributes', eventPlace)) {
      const type = isObject(one) && one.key === 'exception.type' ? anyValueOf(one.value) : null;
      if (typeof type === 'string') span.exceptionType = type;
    }
  }
  span.leftOut += listOf(json, 'links', place).length;
  return { ...span, attributes: attributesOf(json, place) };
}

function attributesOf(owner: Json, place: string): Attributes {
  const attributes = noAttributes();
  for (const [n, one] of listOf(owner, 'attributes', place).entries()) {
    const { key, value } = objectOf(one, `${place}.attributes[${n}]`);
    const isWanted = typeof key === 'string' && isKept(key) && attributes.kept.size < MAX_ATTRIBUTES;
    const read = isWanted ? anyValueOf(value) : null;
    if (read === null) attributes.leftOut++;
    else attributes.kept.set(key as string, read);
  }
  return attributes;
}

/** null = none, or one of a kind that is not kept. Maps are none, and lists hold no lists. */
function anyValueOf(value: unknown, isInList = false): AttributeValue | null {
  if (!isObject(value)) return null;
  if (typeof value.stringValue === 'string') return cutText(value.stringValue);
  if (typeof value.boolValue === 'boolean') return value.boolValue;
  for (const name of ['intValue', 'doubleValue']) {
    const number = value[name];
    if (typeof number === 'number') return number;
    if (typeof number === 'string' && number !== '' && Number.isFinite(Number(number))) return Number(number);
  }
  if (isInList || !isObject(value.arrayValue) || !Array.isArray(value.arrayValue.values)) return null;
  const values = value.arrayValue.values.slice(0, MAX_LIST).map((one) => anyValueOf(one, true));
  return values.filter((one): one is Scalar => one !== null);
}

const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const STATUSES = ['UNSET', 'OK', 'ERROR'];

/** By number or by name; what is neither says nothing. */
function enumAt(json: Json, name: string, prefix: string, names: readonly string[]): number {
  const value = json[name];
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? Math.max(0, names.indexOf(value.replace(prefix, ''))) : 0;
}

function nanosecondsAt(json: Json, name: string, place: string): bigint {
  const value = json[name];
  if (value === undefined || value === null) return 0n;
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return BigInt(value);
  if (typeof value === 'number' && value >= 0 && value < 2 ** 64) return BigInt(Math.trunc(value));
  throw new OtlpFault(`${place}.${name}`, 'must be nanoseconds since 1970, as text or as a number');
}

function textAt(json: Json, name: string, place: string): string {
  const value = json[name] ?? '';
  if (typeof value === 'string') return value;
  throw new OtlpFault(`${place}.${name}`, 'must be a text');
}

function listOf(json: Json, name: string, place: string): readonly unknown[] {
  const value = json[name] ?? [];
  if (Array.isArray(value)) return value;
  throw new OtlpFault(place === '' ? name : `${place}.${name}`, 'must be a list');
}

function objectOf(value: unknown, place: string): Json {
  if (isObject(value)) return value;
  throw new OtlpFault(place, 'must be an object');
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words quote the body.
    throw new OtlpFault('the body', 'is not valid JSON');
  }
}
