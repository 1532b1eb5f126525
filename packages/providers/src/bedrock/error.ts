import { REFUSALS, type RefusalCode } from '@weir/contracts';
import { MemberPaths, MemberScanner } from '../json/member-scanner.js';
import { textOf } from '../json/value.js';
import { errorCodeOf as openaiErrorOf, refusal as openaiRefusal } from '../openai/error.js';
import type { RawHeaders, ResponseHead, UsageReader, UsageReading } from '../provider-type.js';
import { SILENT_READER } from '../reply/silent-reader.js';

const CODE_MAX_LENGTH = 127;
const PATHS = new MemberPaths(['__type', 'code', 'error', 'message', 'Message', 'Output.__type']);

/**
 * Reads which error an answer is: AWS names it in `x-amzn-errortype` (before a colon), some of its front ends only in
 * the body, after a namespace. The OpenAI-style paths answer in OpenAI's shape.
 * (https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization)
 */
export class ErrorReader implements UsageReader {
  readonly sawToken = false;
  private readonly members = new MemberScanner(PATHS);

  constructor(private readonly head: ResponseHead) {}

  push(chunk: Uint8Array): void {
    this.members.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }

  read(): UsageReading {
    return { ...SILENT_READER.read(), errorCode: this.errorCode() };
  }

  private errorCode(): string | null {
    const { members, head } = this;
    const named = head.header?.('x-amzn-errortype') ?? members.value('__type') ?? members.value('Output.__type');
    const isTold = members.text('message') !== null || members.text('Message') !== null;
    return (
      bareName(named) ??
      openaiErrorOf(members.value('error')) ??
      bareName(members.value('code')) ??
      (isTold ? 'error' : null)
    );
  }
}

/** `com.amazon.coral.service#AccessDeniedException:http://…` is an `AccessDeniedException`. */
function bareName(text: unknown): string | null {
  const [name = ''] = (textOf(text) ?? '').split(/[:,]/, 1);
  return textOf(name.slice(name.lastIndexOf('#') + 1).trim(), CODE_MAX_LENGTH);
}

/**
 * Names of the exceptions that the AWS SDKs know for Bedrock, so that they raise the class their users expect and repeat
 * what may be repeated.
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors)
 */
const EXCEPTIONS: ReadonlyMap<number, string> = new Map([
  [401, 'AccessDeniedException'],
  [403, 'AccessDeniedException'],
  [404, 'ResourceNotFoundException'],
  [429, 'ThrottlingException'],
  [502, 'InternalServerException'],
  [503, 'ServiceUnavailableException'],
  [504, 'ModelTimeoutException'],
]);

export function exceptionFor(code: RefusalCode): string {
  // A budget is not a rate: trying again does not help.
  if (code === 'budget_exceeded') return 'ServiceQuotaExceededException';
  return EXCEPTIONS.get(REFUSALS[code]) ?? 'ValidationException';
}

/**
 * A refusal as Bedrock writes its errors, and in the same object as OpenAI does, whose SDK calls Bedrock too and reads
 * `error` only. AWS's SDKs would take a `code` beside `message` for the exception's name, so there is none.
 */
export function refusal(code: RefusalCode, message: string, requestId: string): string {
  const { error } = JSON.parse(openaiRefusal(code, message, requestId)) as { error: object };
  return JSON.stringify({ message, __type: exceptionFor(code), error });
}

export function refusalHeaders(code: RefusalCode): RawHeaders {
  return ['x-amzn-errortype', exceptionFor(code)];
}
