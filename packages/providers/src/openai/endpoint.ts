import { callRoute } from '../path/call-route.js';

const POSTED: ReadonlyMap<string, string> = new Map([
  ['chat/completions', 'chat.completions'],
  ['completions', 'completions'],
  ['responses', 'responses'],
  ['embeddings', 'embeddings'],
  ['rerank', 'rerank'],
  ['moderations', 'moderations'],
  ['images/generations', 'images.generations'],
  ['images/edits', 'images.edits'],
  ['images/variations', 'images.variations'],
  ['audio/transcriptions', 'audio.transcriptions'],
  ['audio/translations', 'audio.translations'],
  ['audio/speech', 'audio.speech'],
]);

/** Azure and many compatible servers put a path of their own before the endpoint's. */
const PREFIXED = new RegExp(`(?:^|/)(${[...POSTED.keys()].join('|')})$`);

const FILE_CONTENT = /(?:^|\/)files\/[^/]+\/content$/;

/** Name of the endpoint behind a call; `opaque` for everything that is relayed but not metered. */
export function endpointOf(method: string, callPath: string): string {
  // Nearly every call comes in one of these spellings.
  const usual = method === 'POST' ? POSTED.get(callPath.startsWith('v1/') ? callPath.slice(3) : callPath) : undefined;
  if (usual !== undefined) return usual;
  const route = callRoute(callPath);
  if (route === null) return 'opaque';
  if (method === 'POST') return POSTED.get(PREFIXED.exec(route)?.[1] ?? '') ?? 'opaque';
  if (method === 'GET' && /(?:^|\/)realtime$/.test(route)) return 'realtime';
  // A stored answer is read at its id; the address without one opens a WebSocket.
  if (method === 'GET' && /(?:^|\/)responses$/.test(route)) return 'responses.session';
  if (method === 'GET' && FILE_CONTENT.test(route)) return 'files.content';
  if (method === 'GET' && /(?:^|\/)models(?:\/[^/]+)?$/.test(route)) return 'models';
  return 'opaque';
}
