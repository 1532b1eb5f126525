import { z } from 'zod';

/** One server-sent event. `data` that is no text is written as compact JSON; `raw` is written as it stands. */
const sseEvent = z.strictObject({
  event: z.string().optional(),
  id: z.string().optional(),
  data: z.json().optional(),
  comment: z.string().optional(),
  raw: z.string().optional(),
  /** How often it is sent. */
  times: z.number().int().min(1).max(100_000).default(1),
});

/** One message of `application/vnd.amazon.eventstream`. */
const awsEvent = z.strictObject({
  /** `:event-type`, or `:exception-type` with `isException`. */
  type: z.string().min(1),
  isException: z.boolean().default(false),
  /** Sent as JSON; an exception has its message as `message`. */
  payload: z.record(z.string(), z.json()),
  /** `InvokeModelWithResponseStream` wraps its chunks: `{"bytes": base64 of this JSON}`. */
  isWrapped: z.boolean().default(false),
  times: z.number().int().min(1).max(100_000).default(1),
});

/** A body, written the way that is easiest to read; the runner makes the bytes. */
export const body = z.union([
  /** Compact JSON. */
  z.strictObject({ json: z.json() }),
  z.strictObject({ text: z.string() }),
  z.strictObject({ base64: z.base64() }),
  z.strictObject({ sse: z.array(sseEvent).min(1), lineEnd: z.enum(['\n', '\r\n', '\r']).default('\n') }),
  z.strictObject({ awsEvents: z.array(awsEvent).min(1) }),
  /** One JSON value a line. */
  z.strictObject({ lines: z.array(z.json()).min(1) }),
  /** JSON with a text of so many bytes in place of the one string `"<fill>"` in it. */
  z.strictObject({ json: z.json(), fillBytes: z.number().int().min(1).max(268_435_456) }),
  /** `multipart/form-data`; the boundary is `weir-conformance`. */
  z.strictObject({
    form: z
      .array(
        z.strictObject({
          name: z.string(),
          value: z.string().optional(),
          file: z
            .strictObject({ name: z.string(), contentType: z.string(), bytes: z.number().int().min(0) })
            .optional(),
        }),
      )
      .min(1),
  }),
]);
export type Body = z.infer<typeof body>;
export type SseEvent = z.infer<typeof sseEvent>;
export type AwsEvent = z.infer<typeof awsEvent>;
