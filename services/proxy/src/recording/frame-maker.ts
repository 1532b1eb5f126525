import { encodeFrameOf, type Place, type RecordingSettings } from '@weir/contracts';
import { MASK } from '../metering/credential-mask.js';
import { Blotter } from './blotter.js';
import { type Clearing, keptBody, redactorFor } from './body.js';
import type { FinishedCall, HandedCall } from './finished-call.js';

const REMEMBERED_MAX = 256;
const MARK_LENGTH = MASK.length;
const START = Buffer.from('{"v":1,');

/** Makes finished calls into frames; keeps what is costly to make anew for each of them. */
export class FrameMaker {
  private readonly clearings = new Map<string, Clearing>();
  private readonly redactors = new Map<string, Clearing['redactor']>();

  /** Never holds what must not be kept. @throws where a body cannot be compressed, or the head is none */
  async frameOf(call: HandedCall, place: Place): Promise<Buffer> {
    const clearing = remembered(this.clearings, call.clearing, () => this.clearingOf(call.clearing));
    const request = await keptBody('request', call.request, clearing);
    const response = await keptBody('response', call.response, clearing);
    const head = clearedHead(call.head, clearing.blotter);
    const bodies = JSON.stringify({ request: request.body, response: response.body });
    // Of the head, what stands between its braces.
    const json = [START, head.subarray(1, -1), Buffer.from(`,${bodies.slice(1)}`)];
    return encodeFrameOf(json, [...request.pieces, ...response.pieces], place);
  }

  private clearingOf(text: string): Clearing {
    const { settings, secrets }: { settings: RecordingSettings; secrets: string[] } = JSON.parse(text);
    const rules = JSON.stringify([settings.redactDetectors, settings.redactPatterns]);
    return {
      redactor: remembered(this.redactors, rules, () => redactorFor(settings)),
      blotter: new Blotter(secrets),
      maxBytes: settings.maxBodyBytes,
    };
  }
}

/**
 * What callers wrote into the head is cleared like a body: an id may be a person's, a path may hold a token. Hardly any
 * holds something, so all of it is looked at as one text first.
 */
function clearedHead(json: Buffer, blotter: Blotter): Buffer {
  return blotter.isIn(json) ? Buffer.from(JSON.stringify(cleared(JSON.parse(json.toString()), blotter))) : json;
}

function cleared(head: FinishedCall['head'], blotter: Blotter): FinishedCall['head'] {
  // A mark may be longer than what it stands for; a field may not become longer than it may be.
  const clean = (text: string): string => blotter.text(text).slice(0, Math.max(text.length, MARK_LENGTH));
  return {
    ...head,
    path: clean(head.path),
    requestedModel: head.requestedModel && clean(head.requestedModel),
    user: head.user && clean(head.user),
    agent: head.agent && clean(head.agent),
    ...(head.session !== undefined && { session: clean(head.session) }),
    tags: mapped(head.tags, clean),
    headers: mapped(head.headers, clean),
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
