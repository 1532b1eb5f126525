import { z } from 'zod';
import { body } from './body.js';

const tokens = z.number().int().min(0);

/** What the upstream will put on the invoice for one request, in the meters of the suite. */
export const billed = z.strictObject({
  /** `whole`: all of it, whether or not it could be delivered; `sent`: output up to the event that was last sent. */
  mode: z.enum(['whole', 'sent']),
  input: tokens.default(0),
  cachedInput: tokens.default(0),
  cacheWrite5m: tokens.default(0),
  cacheWrite1h: tokens.default(0),
  output: tokens.default(0),
  /** With `sent`: output tokens that one event carries. */
  outputPerEvent: tokens.default(0),
});
export type Billed = z.infer<typeof billed>;

/** What the upstream answers to one request, and how it goes over the wire. */
export const answer = z.strictObject({
  status: z.number().int().min(200).max(599).default(200),
  headers: z.record(z.string(), z.string()).default({}),
  body,
  isGzipped: z.boolean().default(false),
  /** Bytes of one write; left out = one event, or the whole body where there are none. */
  writeBytes: z.number().int().min(1).optional(),
  firstByteMs: z.number().int().min(0).default(0),
  betweenWritesMs: z.number().int().min(0).default(0),
  /** After so many events nothing more is sent until the client has gone, and so much longer. */
  hold: z
    .strictObject({ afterEvents: z.number().int().min(0), graceMs: z.number().int().min(0).default(150) })
    .optional(),
  /** How it ends early. `close`: the connection is closed; `reset`: with RST; `hang`: silence. */
  breakOff: z
    .strictObject({
      how: z.enum(['close', 'reset', 'hang']),
      afterEvents: z.number().int().min(0).optional(),
      afterBytes: z.number().int().min(0).optional(),
    })
    .optional(),
  bills: billed.optional(),
});
export type Answer = z.infer<typeof answer>;
