import { z } from 'zod';

export const METERS = [
  'input',
  'cachedInput',
  'cachedAudioInput',
  'cacheWrite5m',
  'cacheWrite1h',
  'cacheWriteUnknown',
  'output',
  'reasoning',
  'toolUseInput',
  'audioInput',
  'audioOutput',
  'imageInput',
  'imageOutput',
] as const;
export type MeterName = (typeof METERS)[number];

const exactUsd = z.string().regex(/^\d+(\.\d{1,12})?$/, 'a plain decimal with at most 12 places');
/** A count, or bounds where a gateway has to estimate. */
const quantity = z.union([
  z.number().int().min(0),
  z.strictObject({
    atLeast: z.number().int().min(0),
    atMost: z.number().int().min(0),
    /** Not knowing it is right as well. */
    orUnknown: z.boolean().default(false),
  }),
]);
export type ExpectedQuantity = z.infer<typeof quantity>;

/** `input` is what was read fresh, `output` everything that was written; see the README for how parts relate. */
const meters = z.partialRecord(z.enum(METERS), quantity);

const OUTCOMES = [
  'completed',
  'client_closed',
  'upstream_error',
  'upstream_timeout',
  'refused',
  'interrupted',
] as const;

/** One value, or several that are all right where the order of events is nobody's to decide. */
function oneOrMore<T extends z.ZodType>(value: T) {
  return z.union([value, z.strictObject({ oneOf: z.array(value).min(2) })]);
}

const cost = z.strictObject({
  /** `unpriced`: the gateway must say that it does not know, and never 0. */
  status: z.enum(['reported', 'computed', 'estimated', 'free', 'unpriced']),
  usd: z.union([exactUsd, z.strictObject({ atLeast: exactUsd, atMost: exactUsd })]).optional(),
  /** Why it is free or unpriced. */
  reason: z.string().optional(),
  /** What the receipt must say of how its rates were found. */
  rules: z.array(z.string()).optional(),
});

/** What must be true of one call afterwards. What is left out is not looked at. */
export const expectation = z.strictObject({
  client: z
    .strictObject({
      status: z.number().int().min(100).max(599).optional(),
      /**
       * `identical`: every byte as the upstream sent it; `prefix`: what the client took is how those bytes begin;
       * `withoutEvents`: identical but for these events, counted from 0.
       */
      body: z
        .union([z.enum(['identical', 'prefix']), z.strictObject({ withoutEvents: z.array(z.number().int().min(0)) })])
        .optional(),
    })
    .default({}),
  upstream: z
    .strictObject({
      requests: z.number().int().min(0).optional(),
      /** `identical`: the bytes that the client sent; else values that the JSON it received must hold. */
      body: z.union([z.literal('identical'), z.strictObject({ holds: z.record(z.string(), z.json()) })]).optional(),
      /** How its answer ended for the upstream. */
      ended: z.enum(['completed', 'client_closed', 'cut', 'reset', 'hung']).optional(),
    })
    .default({}),
  /** Of each repetition. */
  records: z.number().int().min(0).default(1),
  record: z
    .strictObject({
      outcome: oneOrMore(z.enum(OUTCOMES)).optional(),
      endpoint: z.string().optional(),
      streamed: z.boolean().optional(),
      requestedModel: z.string().nullable().optional(),
      servedModel: z.string().nullable().optional(),
      serviceTier: z.string().nullable().optional(),
      attempt: z.number().int().min(1).optional(),
      errorCode: z.string().nullable().optional(),
      abortAction: oneOrMore(z.enum(['cancelled', 'drained', 'drain_cut']).nullable()).optional(),
      user: z.string().nullable().optional(),
      usageSource: z.enum(['reported', 'partial', 'estimated', 'none']).optional(),
      /** All of them: a meter that is not named here must not be on the record. */
      meters: meters.optional(),
      otherMeters: z.record(z.string(), quantity).optional(),
      estimator: z.string().nullable().optional(),
      estimatedMeters: z.array(z.enum(METERS)).optional(),
      /** What the upstream itself said the call cost. */
      statedCostUsd: z.string().nullable().optional(),
    })
    .default({}),
  cost: cost.optional(),
});
export type Expectation = z.infer<typeof expectation>;
