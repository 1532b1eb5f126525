import { encodeFrame, type TranscriptHead } from '@weir/contracts';
import { MASK } from '../metering/credential-mask.js';
import { Blotter } from './blotter.js';
import { type Clearing, keptBody, redactorFor } from './body.js';
import type { FinishedCall } from './finished-call.js';
import { keptHeaders } from './headers.js';

const REMEMBERED_MAX = 256;
const MARK_LENGTH = MASK.length;

/** Makes finished calls into frames; keeps what is costly to make anew for each of them. */
export class FrameMaker {
  private readonly redactors = new Map<string, Clearing['redactor']>();
  private readonly blotters = new Map<string, Blotter>();

  /** Never holds what must not be kept. @throws where a body cannot be compressed, or the head is none */
  async frameOf(call: FinishedCall): Promise<Buffer> {
    const { settings, secrets } = call;
    const rules = JSON.stringify([settings.redactDetectors, settings.redactPatterns]);
    const clearing: Clearing = {
      redactor: remembered(this.redactors, rules, () => redactorFor(settings)),
      blotter: remembered(this.blotters, secrets.join('\n'), () => new Blotter(secrets)),
      maxBytes: settings.maxBodyBytes,
    };
    const request = await keptBody('request', call.request, clearing);
    const response = await keptBody('response', call.response, clearing);
    const head = { v: 1 as const, ...cleared(call, clearing), request: request.body, response: response.body };
    return encodeFrame({ head, request: request.bytes, response: response.bytes });
  }
}

/** What callers wrote into the head is cleared like a body: an id may be a person's, a path may hold a token. */
function cleared(
  { head, headerLines }: FinishedCall,
  clearing: Clearing,
): Omit<TranscriptHead, 'v' | 'request' | 'response'> {
  // A mark may be longer than what it stands for; a field may not become longer than it may be.
  const clean = (text: string): string => clearing.blotter.text(text).slice(0, Math.max(text.length, MARK_LENGTH));
  const cleanAll = (values: TranscriptHead['headers']): TranscriptHead['headers'] => mapped(values, clean);
  return {
    ...head,
    path: clean(head.path),
    requestedModel: head.requestedModel && clean(head.requestedModel),
    user: head.user && clean(head.user),
    agent: head.agent && clean(head.agent),
    tags: cleanAll(head.tags),
    headers: cleanAll(keptHeaders(headerLines)),
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
