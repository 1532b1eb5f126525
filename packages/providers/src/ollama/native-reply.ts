import type { Meters } from '@weir/contracts';
import { usageSourceOf } from '../counts/usage-source.js';
import { MemberPaths, type MemberScanner } from '../json/member-scanner.js';
import { countOf, textOf } from '../json/value.js';
import { errorCodeOf } from '../openai/error.js';
import { MODEL_MAX_LENGTH } from '../openai/wire.js';
import { EMPTY_REPLY, type ReplyRules, type ReplyState } from '../reply/reply-rules.js';

interface NativeState extends ReplyState {
  readonly input: number | undefined;
  readonly output: number | undefined;
  readonly rawUsage: string | null;
}

const WRITTEN = ['message.content', 'message.thinking', 'message.tool_calls', 'response', 'thinking'];
const COUNTS = ['prompt_eval_count', 'eval_count'];
const PATHS = new MemberPaths(['model', 'done', 'error', ...COUNTS, ...WRITTEN]);

/**
 * One JSON value for each line of a stream; the last one, or the whole answer, states what was evaluated. Thinking is part
 * of `eval_count`; an embedding writes nothing. (https://docs.ollama.com/api/chat)
 * @param isStream whole answers carry no first token
 */
export function nativeReply(endpoint: string, isStream: boolean): ReplyRules<NativeState> {
  const output = endpoint === 'embed' ? 0 : undefined;
  const event = (state: NativeState, members: MemberScanner): NativeState => {
    const counts = COUNTS.filter((name) => members.text(name) !== null);
    return {
      ...state,
      servedModel: textOf(members.value('model'), MODEL_MAX_LENGTH) ?? state.servedModel,
      errorCode: errorCodeOf(members.value('error')) ?? state.errorCode,
      sawToken: isStream && (state.sawToken || WRITTEN.some((path) => isWritten(members.value(path)))),
      finished: state.finished || members.value('done') === true,
      input: countOf(members.value('prompt_eval_count')) ?? state.input,
      output: countOf(members.value('eval_count')) ?? state.output,
      // They stand among the answer's other members; here they are brought together, each as it was sent.
      rawUsage:
        counts.length > 0 ? `{${counts.map((name) => `"${name}":${members.text(name)}`).join(',')}}` : state.rawUsage,
    };
  };
  return {
    initial: { ...EMPTY_REPLY, finished: !isStream, input: undefined, output: undefined, rawUsage: null },
    bodyPaths: PATHS,
    eventPaths: PATHS,
    marks: [],
    endEvent: null,
    body: event,
    event,
    reading(state) {
      const { servedModel, serviceTier, errorCode, finished, input, rawUsage } = state;
      const written = state.output ?? (input === undefined ? undefined : output);
      const meters: Meters = {
        ...(input !== undefined && { input }),
        ...(written !== undefined && { output: written }),
      };
      return {
        ...{ servedModel, serviceTier, meters, otherMeters: {}, rawUsage, errorCode, finished },
        usageSource: usageSourceOf({ meters, isFinal: finished }),
        providerStatedCostUsd: null,
      };
    },
  };
}

function isWritten(value: unknown): boolean {
  return (typeof value === 'string' || Array.isArray(value)) && value.length > 0;
}
