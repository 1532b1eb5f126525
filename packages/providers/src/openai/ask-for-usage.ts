import { MemberPaths, MemberScanner, type Span } from '../json/member-scanner.js';
import { objectOf } from '../json/value.js';

const STREAMING = new Set(['chat.completions', 'completions']);
const OPTIONS = new MemberPaths(['stream_options']);
const INCLUDE_USAGE = new MemberPaths(['include_usage']);
const ASK = '"include_usage":true';

/**
 * The request's own bytes with `stream_options.include_usage` set, or null when the call is no stream, asks already, or
 * is not one we understand (the upstream then says what is wrong with it). The Responses API always reports usage.
 */
export function askForUsage(endpoint: string, body: Buffer, parsed: unknown): Buffer | null {
  const request = objectOf(parsed);
  if (!STREAMING.has(endpoint) || request?.stream !== true) return null;
  const options = request.stream_options;
  if (options === undefined) {
    const open = body.indexOf('{');
    return open < 0 ? null : splice(body, { start: open + 1, end: open + 1 }, `"stream_options":{${ASK}},`);
  }
  const span = spanOf(body, OPTIONS, 'stream_options');
  if (span === null) return null;
  if (options === null) return splice(body, span, `{${ASK}}`);
  const asked = objectOf(options)?.include_usage;
  if (objectOf(options) === null || asked === true) return null;
  if (asked === undefined) {
    const separator = Object.keys(options).length > 0 ? ',' : '';
    return splice(body, { start: span.start + 1, end: span.start + 1 }, ASK + separator);
  }
  if (asked !== false && asked !== null) return null;
  const value = spanOf(body.subarray(span.start, span.end), INCLUDE_USAGE, 'include_usage');
  return value && splice(body, { start: span.start + value.start, end: span.start + value.end }, 'true');
}

function spanOf(json: Buffer, paths: MemberPaths, path: string): Span | null {
  const scanner = new MemberScanner(paths);
  scanner.push(json);
  return scanner.span(path);
}

function splice(body: Buffer, { start, end }: Span, text: string): Buffer {
  return Buffer.concat([body.subarray(0, start), Buffer.from(text), body.subarray(end)]);
}
