import { gzipSync } from 'node:zlib';
import { EVENT_STREAM, eventMessage, exceptionMessage } from '../../simulator/bedrock/answer.js';
import type { Answer } from '../case/answer.js';
import type { AwsEvent, Body, SseEvent } from '../case/body.js';

const FILL = '"<fill>"';
export const BOUNDARY = 'weir-conformance';

/** A body as bytes: its events apart, where it has any. */
export interface Encoded {
  readonly contentType: string;
  readonly events: readonly Buffer[];
}

/** @throws RangeError when a body to be filled has no `"<fill>"`, or several */
export function encodeBody(body: Body): Encoded {
  if ('sse' in body) {
    const events = body.sse.flatMap((event) => times(event, Buffer.from(sseText(event, body.lineEnd))));
    return { contentType: 'text/event-stream', events };
  }
  if ('awsEvents' in body) {
    return { contentType: EVENT_STREAM, events: body.awsEvents.flatMap(awsEvents) };
  }
  if ('lines' in body) {
    const events = body.lines.map((line) => Buffer.from(`${JSON.stringify(line)}\n`));
    return { contentType: 'application/x-ndjson', events };
  }
  if ('text' in body) return { contentType: 'text/plain', events: [Buffer.from(body.text)] };
  if ('base64' in body)
    return { contentType: 'application/octet-stream', events: [Buffer.from(body.base64, 'base64')] };
  if ('form' in body) return { contentType: `multipart/form-data; boundary=${BOUNDARY}`, events: [form(body.form)] };
  const text = JSON.stringify(body.json);
  const filled = 'fillBytes' in body ? fill(text, body.fillBytes) : Buffer.from(text);
  return { contentType: 'application/json', events: [filled] };
}

/** The writes that an answer is sent by. */
export function writesOf(answer: Answer): Encoded {
  const encoded = encodeBody(answer.body);
  const events = answer.isGzipped ? [gzipSync(Buffer.concat(encoded.events))] : encoded.events;
  const { writeBytes } = answer;
  if (writeBytes === undefined) return { ...encoded, events };
  const whole = Buffer.concat(events);
  const count = Math.ceil(whole.length / writeBytes);
  const pieces = Array.from({ length: count }, (_, at) => whole.subarray(at * writeBytes, (at + 1) * writeBytes));
  return { ...encoded, events: pieces };
}

function times<T>({ times: count }: { times: number }, one: T): T[] {
  return Array.from({ length: count }, () => one);
}

function sseText({ raw, comment, event, id, data }: SseEvent, lineEnd: string): string {
  if (raw !== undefined) return raw;
  const lines = [
    ...(comment === undefined ? [] : [`: ${comment}`]),
    ...(event === undefined ? [] : [`event: ${event}`]),
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(data === undefined ? [] : [`data: ${typeof data === 'string' ? data : JSON.stringify(data)}`]),
  ];
  return `${lines.join(lineEnd)}${lineEnd}${lineEnd}`;
}

function awsEvents(event: AwsEvent): Buffer[] {
  const { type, payload, isWrapped, isException } = event;
  const wrapped = isWrapped ? { bytes: Buffer.from(JSON.stringify(payload)).toString('base64') } : payload;
  return times(
    event,
    isException ? exceptionMessage(type, String(payload.message ?? '')) : eventMessage(type, wrapped),
  );
}

function fill(text: string, bytes: number): Buffer {
  const [before, after, ...more] = text.split(FILL);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new RangeError(`a body to be filled has ${FILL} once`);
  }
  return Buffer.concat([Buffer.from(`${before}"`), Buffer.alloc(bytes, 'a'), Buffer.from(`"${after}`)]);
}

type Parts = Extract<Body, { form: unknown }>['form'];

function form(parts: Parts): Buffer {
  const encoded = parts.flatMap(({ name, value, file }) => {
    const named = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"`;
    if (file === undefined) return [Buffer.from(`${named}\r\n\r\n${value ?? ''}\r\n`)];
    const head = `${named}; filename="${file.name}"\r\ncontent-type: ${file.contentType}\r\n\r\n`;
    return [Buffer.from(head), Buffer.alloc(file.bytes, 'a'), Buffer.from('\r\n')];
  });
  return Buffer.concat([...encoded, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}
