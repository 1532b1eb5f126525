import { textOf } from '../json/value.js';
import { ModelNames } from '../session/named-models.js';
import type { SessionReader } from '../session/session-reader.js';
import type { SessionScript } from '../session/session-script.js';
import { RealtimeReader } from './realtime.js';
import { ResponsesSession } from './responses-session.js';
import { realtimeScript, responsesScript } from './session-script.js';
import { MODEL_MAX_LENGTH } from './wire.js';

/** What reads a session that was opened at an address of OpenAI's dialect. */
export function sessionReader(endpoint: string, callPath: string): SessionReader | null {
  if (endpoint === 'realtime') return new RealtimeReader(modelInQuery(callPath));
  return endpoint === 'responses.session' ? new ResponsesSession() : null;
}

/** What tells the messages of its turns apart. */
export function sessionScript(endpoint: string): SessionScript | null {
  if (endpoint === 'realtime') return realtimeScript;
  return endpoint === 'responses.session' ? responsesScript : null;
}

/** The model of a session, or the Azure deployment that stands for it, as its address names it. */
function modelInQuery(callPath: string): string | null {
  const query = new URLSearchParams(callPath.split('?', 2)[1] ?? '');
  return textOf(query.get('model') ?? query.get('deployment'), MODEL_MAX_LENGTH);
}

/** `session.update`, as it is documented now and as it was, and `response.create`. */
const REALTIME_MODELS = [
  ...['model', 'session.model', 'response.model', 'session.audio.input.transcription.model'],
  'session.input_audio_transcription.model',
];
/** Of a Responses session each answer names its own. */
const RESPONSES_MODELS = ['model', 'response.model'];

/** What reads the models an app chooses inside a session; null: that is not known. */
export function sessionModels(endpoint: string): ModelNames | null {
  if (endpoint === 'realtime') return new ModelNames(REALTIME_MODELS, () => false);
  if (endpoint !== 'responses.session') return null;
  return new ModelNames(RESPONSES_MODELS, (types) => types.includes('response.create'));
}
