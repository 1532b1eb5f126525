import { MemberPaths, type MemberScanner } from '../json/member-scanner.js';
import { textOf } from '../json/value.js';
import { EMPTY_REPLY, type ReplyRules, type ReplyState } from '../reply/reply-rules.js';
import { keyMark, textMark } from '../sse/mark-search.js';
import { errorCodeOf } from './error.js';
import { type Reading, reading } from './reading.js';
import { MODEL_MAX_LENGTH } from './wire.js';

interface ImagesState extends ReplyState {
  readonly rawUsage: string | null;
  readonly images: number;
}

const IMAGES = ['data.[].b64_json', 'data.[].url'];
const FIELDS = ['model', 'usage', 'error'];
const BODY_PATHS = new MemberPaths([...FIELDS, ...IMAGES]);
const EVENT_PATHS = new MemberPaths([...FIELDS, 'type']);
const ENDS: ReadonlySet<unknown> = new Set(['image_generation.completed', 'image_edit.completed']);

/**
 * Image generations, edits and variations. Models billed by token state usage, of which the output is image tokens, also
 * where nothing divides it; of the others the images are counted. A stream states usage when an image is complete.
 * (https://platform.openai.com/docs/api-reference/images/object, /images-streaming)
 */
export function imagesReplyAs(how: Reading): ReplyRules<ImagesState> {
  const convention = { ...how.convention, writes: 'images' as const };
  return {
    initial: { ...EMPTY_REPLY, rawUsage: null, images: 0 },
    bodyPaths: BODY_PATHS,
    eventPaths: EVENT_PATHS,
    marks: [keyMark('usage'), keyMark('error'), textMark('.completed')],
    endEvent: null,
    body: (state, members) => ({ ...stated(state, members), images: imagesIn(members) }),
    event(state, members) {
      const type = members.value('type');
      const isImage = ENDS.has(type);
      return {
        ...stated(state, members),
        sawToken: state.sawToken || (typeof type === 'string' && type.endsWith('.partial_image')),
        finished: state.finished || isImage,
        images: state.images + (isImage ? 1 : 0),
      };
    },
    reading(state) {
      const { rawUsage, images } = state;
      const read = reading(state, state.finished, { ...how, convention });
      // Token usage is the whole bill; the number of images would be priced beside it.
      const isByImage = Object.keys(read.meters).length === 0 && images > 0;
      if (!isByImage) return read;
      const otherMeters = { ...read.otherMeters, images };
      return { ...read, otherMeters, usageSource: state.finished ? 'reported' : 'partial', rawUsage };
    },
  };
}

function stated(state: ImagesState, members: MemberScanner): ImagesState {
  const usage = members.text('usage');
  return {
    ...state,
    servedModel: textOf(members.value('model'), MODEL_MAX_LENGTH) ?? state.servedModel,
    errorCode: errorCodeOf(members.value('error')) ?? state.errorCode,
    rawUsage: usage?.startsWith('{') ? usage : state.rawUsage,
  };
}

/** Each image comes as a link or, too long to keep, as data; the other member is then missing or null. */
function imagesIn(members: MemberScanner): number {
  return Math.max(...IMAGES.map((path) => members.texts(path).filter((text) => text !== 'null').length));
}
