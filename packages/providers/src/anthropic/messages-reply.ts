import { usageSourceOf } from '../counts/usage-source.js';
import { MemberPaths, type MemberScanner } from '../json/member-scanner.js';
import { objectOf, textOf } from '../json/value.js';
import { EMPTY_REPLY, type ReplyRules, type ReplyState } from '../reply/reply-rules.js';
import { statedCost } from '../reply/stated-cost.js';
import { keyMark, textMark } from '../sse/mark-search.js';
import { errorCodeOf } from './error.js';
import { type Counts, countsOf, hasMisstatement, metersOf, otherMetersOf, tierOf } from './usage.js';
import { MODEL_MAX_LENGTH } from './wire.js';

interface MessagesState extends ReplyState {
  readonly counts: Counts;
  /** Usage objects as sent: the first one, and the last of the later ones. */
  readonly firstUsage: string | null;
  readonly lastUsage: string | null;
  readonly hasMisstatement: boolean;
}

/**
 * A stream states usage twice: `message_start` knows the input and holds a placeholder for the output, each
 * `message_delta` holds running totals. A later statement replaces an earlier one, count by count; nothing is added up.
 * (https://docs.anthropic.com/en/docs/build-with-claude/streaming)
 */
export const messagesReply: ReplyRules<MessagesState> = {
  initial: { ...EMPTY_REPLY, counts: {}, firstUsage: null, lastUsage: null, hasMisstatement: false },
  bodyPaths: new MemberPaths(['model', 'usage', 'error']),
  eventPaths: new MemberPaths(['type', 'message.model', 'message.usage', 'usage', 'error']),
  marks: [keyMark('usage'), keyMark('error'), textMark('message_stop')],
  endEvent: null,
  body(state, members) {
    const error = errorCodeOf(members.value('error'));
    return withUsage({ ...state, ...modelIn(state, members, 'model'), errorCode: error }, members, 'usage', true);
  },
  event(state, members) {
    switch (members.value('type')) {
      case 'message_start':
        return withUsage({ ...state, ...modelIn(state, members, 'message.model') }, members, 'message.usage', false);
      case 'message_delta':
        return withUsage(state, members, 'usage', true);
      case 'message_stop':
        return { ...state, finished: true };
      case 'content_block_delta':
        return { ...state, sawToken: true };
      case 'error':
        return { ...state, errorCode: errorCodeOf(members.value('error')) ?? 'error' };
      default:
        return state;
    }
  },
  reading(state) {
    const { servedModel, serviceTier, errorCode, finished, counts, firstUsage, lastUsage } = state;
    const { meters, isSound } = metersOf(counts);
    return {
      servedModel,
      serviceTier,
      meters,
      otherMeters: otherMetersOf(counts),
      usageSource: usageSourceOf({
        meters,
        isFinal: lastUsage !== null,
        isSound: isSound && !state.hasMisstatement,
      }),
      rawUsage: firstUsage !== null && lastUsage !== null ? `[${firstUsage},${lastUsage}]` : (lastUsage ?? firstUsage),
      providerStatedCostUsd: lastUsage?.includes('"cost"') ? statedCost(lastUsage) : null,
      errorCode,
      finished,
    };
  },
};

function modelIn(state: MessagesState, members: MemberScanner, path: string): Pick<ReplyState, 'servedModel'> {
  return { servedModel: textOf(members.value(path), MODEL_MAX_LENGTH) ?? state.servedModel };
}

/** `hasOutput`: the output count is a real one; in `message_start` it is a placeholder and stays unknown. */
function withUsage(state: MessagesState, members: MemberScanner, path: string, hasOutput: boolean): MessagesState {
  const raw = members.text(path);
  const usage = objectOf(members.value(path));
  if (raw === null || usage === null) return state;
  const { output, reasoning, ...input } = countsOf(usage);
  const written = { ...(output !== undefined && { output }), ...(reasoning !== undefined && { reasoning }) };
  return {
    ...state,
    serviceTier: tierOf(usage) ?? state.serviceTier,
    counts: { ...state.counts, ...input, ...(hasOutput && written) },
    hasMisstatement: state.hasMisstatement || hasMisstatement(usage),
    ...(hasOutput ? { lastUsage: raw } : { firstUsage: raw }),
  };
}
