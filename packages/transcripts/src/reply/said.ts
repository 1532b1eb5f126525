import { finishReasonOf } from '../message/finish-reason.js';
import { stringOr } from '../message/make.js';
import type { OutputMessage } from '../message/message.js';
import type { Part } from '../message/part.js';

export function outputOf(parts: Part[], finish: unknown): OutputMessage {
  const native = stringOr(finish, null);
  return { role: 'assistant', parts, finish_reason: finishReasonOf(native, parts), native_finish_reason: native };
}
