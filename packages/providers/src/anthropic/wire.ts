import { objectOf, textOf } from '../json/value.js';

/** What is read of Anthropic's requests. Everything else on the wire passes unseen. */

export const MODEL_MAX_LENGTH = 255;
export const TIER_MAX_LENGTH = 63;
const NAME_MAX_LENGTH = 255;

interface RequestBody {
  readonly model: string | null;
  readonly stream: boolean;
  readonly user: string | null;
  readonly conversation: string | null;
}

export function readRequest(body: unknown): RequestBody {
  const request = objectOf(body);
  return {
    // Whole, since it decides what is allowed.
    model: textOf(request?.model),
    stream: request?.stream === true,
    ...readUserId(objectOf(request?.metadata)?.user_id),
  };
}

const SESSION_BLOB = /^user_([0-9a-f]+)_account_([0-9a-f-]*)_session_([0-9a-f-]+)$/i;

/**
 * `metadata.user_id` names a person, except where a client packs its session into it: Claude Code sends
 * `user_<hash>_account_<id>_session_<id>`, or a JSON object with the same parts. Taken whole, every session would count
 * as a new user.
 */
function readUserId(userId: unknown): { user: string | null; conversation: string | null } {
  if (typeof userId !== 'string') return { user: null, conversation: null };
  const blob = SESSION_BLOB.exec(userId);
  if (blob) return { user: blob[2] || (blob[1] as string), conversation: blob[3] as string };
  const packed = userId.startsWith('{') ? parsedObject(userId) : null;
  const conversation = textOf(packed?.session_id, NAME_MAX_LENGTH);
  if (conversation === null) return { user: textOf(userId, NAME_MAX_LENGTH), conversation: null };
  return {
    user: textOf(packed?.account_uuid, NAME_MAX_LENGTH) ?? textOf(packed?.device_id, NAME_MAX_LENGTH),
    conversation,
  };
}

function parsedObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    // A user id may begin with a brace and be no JSON; it is then taken as it is.
    return null;
  }
}
