import { encodeFrameOf, type TranscriptHead } from '@weir/contracts';
import { MASK } from '../metering/credential-mask.js';
import { Blotter } from './blotter.js';
import { type Clearing, keptBody, redactorFor } from './body.js';
import type { FinishedCall, HandedCall } from './finished-call.js';
import { keptHeaders } from './headers.js';

const REMEMBERED_MAX = 256;
const MARK_LENGTH = MASK.length;

/** Makes finished calls into frames; keeps what is costly to make anew for each of them. */
export class FrameMaker {
  private readonly redactors = new Map<string, Clearing['redactor']>();
  private readonly blotters = new Map<string, Blotter>();

  /** Never holds what must not be kept. @throws where a body cannot be compressed, or the head is none */
  async frameOf(call: HandedCall): Promise<Buffer> {
    const { settings, secrets } = call;
    const rules = JSON.stringify([settings.redactDetectors, settings.redactPatterns]);
    const clearing: Clearing = {
      redactor: remembered(this.redactors, rules, () => redactorFor(settings)),
      blotter: remembered(this.blotters, secrets.join('\n'), () => new Blotter(secrets)),
      maxBytes: settings.maxBodyBytes,
    };
    const request = await keptBody('request', call.request, clearing);
    const response = await keptBody('response', call.response, clearing);
    const bodies = JSON.stringify({ request: request.body, response: response.body });
    const head = `{"v":1,${members(clearedHead(call, clearing.blotter))},${members(bodies)}}`;
    return encodeFrameOf(head, request.bytes, response.bytes);
  }
}

/** Of an object in JSON, what stands between its braces. */
const members = (json: string): string => json.slice(1, -1);

/**
 * What callers wrote into the head is cleared like a body: an id may be a person's, a path may hold a token. Hardly any
 * holds something, so all of it is looked at as one text first.
 * @returns JSON of the head and the headers that are kept
 */
function clearedHead({ headText, headerLines }: HandedCall, blotter: Blotter): string {
  const headers = keptHeaders(headerLines);
  const json = `${headText.slice(0, -1)},"headers":${JSON.stringify(headers)}}`;
  return blotter.isIn(json) ? JSON.stringify(cleared(JSON.parse(headText), headers, blotter)) : json;
}

function cleared(
  head: FinishedCall['head'],
  headers: TranscriptHead['headers'],
  blotter: Blotter,
): Omit<TranscriptHead, 'v' | 'request' | 'response'> {
  // A mark may be longer than what it stands for; a field may not become longer than it may be.
  const clean = (text: string): string => blotter.text(text).slice(0, Math.max(text.length, MARK_LENGTH));
  return {
    ...head,
    path: clean(head.path),
    requestedModel: head.requestedModel && clean(head.requestedModel),
    user: head.user && clean(head.user),
    agent: head.agent && clean(head.agent),
    tags: mapped(head.tags, clean),
    headers: mapped(headers, clean),
  };
}

function mapped(values: Readonly<Record<string, string>>, by: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, by(value)]));
}

function remembered<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value === undefined) {
    if (map.size >= REMEMBERED_MAX) map.delete(map.keys().next().value as string);
    value = make();
    map.set(key, value);
  }
  return value;
}
