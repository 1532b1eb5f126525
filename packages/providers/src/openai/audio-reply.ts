import { MemberPaths, type MemberScanner } from '../json/member-scanner.js';
import { objectOf, textOf } from '../json/value.js';
import { EMPTY_REPLY, type ReplyRules, type ReplyState } from '../reply/reply-rules.js';
import { keyMark, textMark } from '../sse/mark-search.js';
import { errorCodeOf } from './error.js';
import { type Reading, reading } from './reading.js';
import { MODEL_MAX_LENGTH } from './wire.js';

interface AudioState extends ReplyState {
  readonly rawUsage: string | null;
  /** Length of the audio as a verbose transcript states it beside any usage. */
  readonly rawDuration: string | null;
}

const FIELDS = ['model', 'usage', 'error'];
const BODY_PATHS = new MemberPaths([...FIELDS, 'duration']);
const EVENT_PATHS = new MemberPaths([...FIELDS, 'type']);
const ENDS: ReadonlySet<unknown> = new Set(['transcript.text.done', 'speech.audio.done']);

/**
 * Transcription, translation and speech. Usage is in tokens, or the length of the audio in seconds, of which a begun one
 * counts. (https://platform.openai.com/docs/api-reference/audio/json-object, /audio/transcript-text-done-event,
 * /audio/speech-audio-done-event)
 * @param isSpeech what is written is audio
 */
export function audioReplyAs(how: Reading, isSpeech: boolean): ReplyRules<AudioState> {
  const convention = isSpeech ? { ...how.convention, writes: 'audio' as const } : how.convention;
  return {
    initial: { ...EMPTY_REPLY, rawUsage: null, rawDuration: null },
    bodyPaths: BODY_PATHS,
    eventPaths: EVENT_PATHS,
    marks: [keyMark('usage'), keyMark('error'), textMark('.done')],
    endEvent: null,
    body: (state, members) => ({ ...stated(state, members), rawDuration: members.text('duration') }),
    event(state, members) {
      const type = members.value('type');
      return {
        ...stated(state, members),
        sawToken: state.sawToken || (typeof type === 'string' && type.endsWith('.delta')),
        finished: state.finished || ENDS.has(type),
      };
    },
    reading(state) {
      const read = reading(state, state.finished, { ...how, convention });
      if (Object.keys(read.meters).length > 0 || isSpeech) return read;
      const audioSeconds = secondsIn(state);
      if (audioSeconds === undefined) return read;
      const rawUsage = state.rawUsage ?? `{"duration":${state.rawDuration}}`;
      const otherMeters = { ...read.otherMeters, audioSeconds };
      return { ...read, otherMeters, usageSource: state.finished ? 'reported' : 'partial', rawUsage };
    },
  };
}

function stated(state: AudioState, members: MemberScanner): AudioState {
  const usage = members.text('usage');
  return {
    ...state,
    servedModel: textOf(members.value('model'), MODEL_MAX_LENGTH) ?? state.servedModel,
    errorCode: errorCodeOf(members.value('error')) ?? state.errorCode,
    rawUsage: usage?.startsWith('{') ? usage : state.rawUsage,
  };
}

function secondsIn({ rawUsage, rawDuration }: AudioState): number | undefined {
  const stated = rawUsage === null ? parsed(rawDuration) : objectOf(parsed(rawUsage))?.seconds;
  // The length beside a verbose transcript is text with some servers.
  const seconds = typeof stated === 'string' && /^\d+(?:\.\d+)?$/.test(stated) ? Number(stated) : stated;
  if (typeof seconds !== 'number' || !(seconds >= 0)) return undefined;
  const whole = Math.ceil(seconds);
  return Number.isSafeInteger(whole) ? whole : undefined;
}

function parsed(json: string | null): unknown {
  try {
    return json === null ? null : (JSON.parse(json) as unknown);
  } catch {
    // The upstream's usage is no JSON: nothing is stated.
    return null;
  }
}
