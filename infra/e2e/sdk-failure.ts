/** The fields both SDKs give their errors. */
export interface SdkError {
  readonly status?: number;
  readonly headers?: Headers;
  readonly message: string;
  readonly code?: string | null;
  readonly type?: string | null;
  /** OpenAI: the error; Anthropic: the whole body. */
  readonly error?: unknown;
}

export async function failureOf(call: Promise<unknown>): Promise<SdkError> {
  try {
    await call;
  } catch (error) {
    return error as SdkError;
  }
  throw new Error('the call did not fail');
}

/** How far a stream came, and what the SDK raised there. */
export async function readToEnd(stream: PromiseLike<AsyncIterable<unknown>>) {
  let events = 0;
  try {
    for await (const _event of await stream) events++;
  } catch (error) {
    return { events, error: error as Error };
  }
  return { events, error: null };
}
