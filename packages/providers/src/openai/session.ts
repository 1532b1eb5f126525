import { textOf } from '../json/value.js';
import type { SessionReader } from '../session/session-reader.js';
import { RealtimeReader } from './realtime.js';
import { ResponsesSession } from './responses-session.js';
import { MODEL_MAX_LENGTH } from './wire.js';

/** What reads a session that was opened at an address of OpenAI's dialect. */
export function sessionReader(endpoint: string, callPath: string): SessionReader | null {
  if (endpoint === 'realtime') return new RealtimeReader(modelInQuery(callPath));
  return endpoint === 'responses.session' ? new ResponsesSession() : null;
}

/** The model of a session, or the Azure deployment that stands for it, as its address names it. */
function modelInQuery(callPath: string): string | null {
  const query = new URLSearchParams(callPath.split('?', 2)[1] ?? '');
  return textOf(query.get('model') ?? query.get('deployment'), MODEL_MAX_LENGTH);
}
