import { z } from 'zod';
import { answer } from './answer.js';
import { body } from './body.js';
import { expectation } from './expectation.js';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower case words joined by hyphens');

/** One upstream connection, as an admin would set it up in a gateway. */
const provider = z.strictObject({
  name: slug.default('main'),
  type: z.string().regex(/^[a-z0-9_]+$/),
  /** Path of the upstream's base URL; left out = the one its type usually has. */
  basePath: z.string().optional(),
  /** Settings of the type by name: `region`, `project_id`, `location`, `api_version`, … */
  settings: z.record(z.string(), z.string()).default({}),
  models: z.array(z.string()).default([]),
  /** The credential that the gateway holds for it. */
  key: z.string().min(8).default('sk-upstream-of-the-suite'),
  /** What is to happen upstream when the client goes; left out = as the gateway does by itself. */
  onClientClose: z.enum(['cancel', 'drain']).optional(),
  drainSeconds: z.number().int().min(1).optional(),
  /** What is to be recorded where the upstream reports nothing. */
  usageFallback: z.enum(['none', 'estimated']).optional(),
});

/** Rates of one model in USD per 1,000,000 units, set as a custom price; a case without any is priced by the catalog. */
const price = z.strictObject({
  provider: slug.default('main'),
  model: z.string(),
  usdPerMillion: z.record(z.string(), z.string().regex(/^\d+(\.\d{1,6})?$/)),
});

const hangUp = z.union([
  z.strictObject({ afterBytes: z.number().int().min(0) }),
  z.strictObject({ afterEvents: z.number().int().min(1) }),
  z.strictObject({ afterMs: z.number().int().min(0) }),
]);

const call = z.strictObject({
  provider: slug.default('main'),
  request: z.strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD']).default('POST'),
    /** As the upstream's own API has it, without a slash at its head. */
    path: z.string(),
    headers: z.record(z.string(), z.string()).default({}),
    body: body.optional(),
    /** The gateway's credential is left out. */
    isAnonymous: z.boolean().default(false),
  }),
  answer: answer.optional(),
  client: z.strictObject({ hangUp: hangUp.optional() }).default({}),
  /** How often it is made, and how many of them at once. */
  times: z.number().int().min(1).max(10_000).default(1),
  atOnce: z.number().int().min(1).max(256).default(1),
  /** Calls of a case that share a name are attempts at one logical call, in the order they are written in. */
  attemptAt: slug.optional(),
  expect: expectation,
});

export const caseFile = z
  .strictObject({
    title: z.string().min(10).max(160),
    /** Numbers in `covered/failures.json`; none = what it is about has not failed in public. */
    failures: z.array(z.number().int()),
    /** Public threads that the case comes from, or the upstream's own word on what must come out. */
    citations: z.array(z.url()).min(1),
    /** What the figures rest on, where they are not in the thread itself. */
    note: z.string().optional(),
    providers: z.array(provider).min(1),
    prices: z.array(price).default([]),
    calls: z.array(call).min(1),
    expect: z
      .strictObject({
        /** Spend of the whole case, to the last digit. */
        totalUsd: z
          .string()
          .regex(/^\d+(\.\d{1,12})?$/)
          .optional(),
        /** Logical calls, where attempts are counted apart. */
        logicalCalls: z.number().int().min(0).optional(),
        /** Values that are nowhere in the gateway's records. */
        absent: z.array(z.string().min(8)).default([]),
      })
      .default({ absent: [] }),
  })
  .check(({ value, issues }) => {
    const names = new Set(value.providers.map(({ name }) => name));
    for (const list of ['prices', 'calls'] as const) {
      for (const [at, { provider: name }] of value[list].entries()) {
        const path = [list, at, 'provider'];
        if (!names.has(name)) issues.push({ code: 'custom', input: name, path, message: 'no provider of this name' });
      }
    }
  });

export type CaseFile = z.infer<typeof caseFile>;
export type CaseProvider = CaseFile['providers'][number];
export type CaseCall = CaseFile['calls'][number];
/** `group/id`, from where the file lies. */
export type Case = CaseFile & { readonly id: string };
