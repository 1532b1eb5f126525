import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Something that went wrong with other gateways in public. */
const failure = z.strictObject({
  number: z.number().int().min(1),
  what: z.string().min(10),
  /** Where it was said: threads, advisories, documentation. */
  sources: z.array(z.url()).min(1),
  /** Tests of this checkout beside the cases that name the number, by path. */
  tests: z.array(z.string()).default([]),
  /** What of it is not proved here, or cannot happen here, and why. */
  open: z.string().optional(),
});
export type Failure = z.infer<typeof failure>;

/** @throws z.ZodError */
export function readFailures(file: string): Failure[] {
  return z.array(failure).parse(JSON.parse(readFileSync(file, 'utf8')));
}
