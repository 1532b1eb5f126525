import type { Meters } from '@weir/contracts';
import { usageSourceOf } from '../counts/usage-source.js';
import { MemberPaths } from '../json/member-scanner.js';
import { countOf, type JsonObject, objectOf, textOf } from '../json/value.js';
import { errorCodeOf } from '../openai/error.js';
import { MODEL_MAX_LENGTH } from '../openai/wire.js';
import { EMPTY_REPLY, type ReplyRules, type ReplyState } from '../reply/reply-rules.js';
import { keyMark } from '../sse/mark-search.js';

interface PredictionState extends ReplyState {
  readonly metrics: string | null;
  readonly isOver: boolean;
}

const ENDED: ReadonlySet<unknown> = new Set(['succeeded', 'failed', 'canceled', 'aborted']);
const MS_PER_SECOND = 1_000;
const CODE_MAX_LENGTH = 127;
const PATHS = new MemberPaths(['model', 'status', 'metrics', 'error', 'title']);

/**
 * A prediction states its metrics once it is over, so only to calls that waited for it (`Prefer: wait`).
 * (https://replicate.com/docs/topics/predictions/create-a-prediction)
 */
export const predictionReply: ReplyRules<PredictionState> = {
  initial: { ...EMPTY_REPLY, metrics: null, isOver: false },
  bodyPaths: PATHS,
  eventPaths: PATHS,
  marks: [keyMark('metrics')],
  endEvent: null,
  body(state, members) {
    const status = members.value('status');
    const error = errorCodeOf(members.value('error'));
    return {
      ...state,
      servedModel: textOf(members.value('model'), MODEL_MAX_LENGTH),
      metrics: members.text('metrics'),
      isOver: ENDED.has(status),
      errorCode: status === 'failed' ? 'failed' : (error ?? textOf(members.value('title'), CODE_MAX_LENGTH)),
    };
  },
  event: (state) => state,
  reading({ servedModel, serviceTier, errorCode, finished, metrics, isOver }) {
    const stated = isOver ? objectOf(members(metrics)) : null;
    const meters = metersOf(stated);
    const otherMeters = othersOf(stated);
    const isStated = Object.keys(meters).length + Object.keys(otherMeters).length > 0;
    return {
      ...{ servedModel, serviceTier, meters, otherMeters, errorCode, finished },
      usageSource: usageSourceOf({ meters, otherMeters, isFinal: true }),
      rawUsage: isStated ? metrics : null,
      providerStatedCostUsd: null,
    };
  },
};

function metersOf(metrics: JsonObject | null): Meters {
  const input = countOf(metrics?.input_token_count);
  const output = countOf(metrics?.output_token_count);
  return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
}

function othersOf(metrics: JsonObject | null): Record<string, number> {
  const seconds = metrics?.predict_time;
  const predictMs = typeof seconds === 'number' ? countOf(Math.round(seconds * MS_PER_SECOND)) : undefined;
  const images = countOf(metrics?.image_count);
  return { ...(predictMs !== undefined && { predictMs }), ...(images !== undefined && { images }) };
}

function members(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    // What was sent as metrics is no JSON: nothing is stated.
    return null;
  }
}
