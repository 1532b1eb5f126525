import { RE2JS } from 're2js';
import { z } from 'zod';
import { DETECTORS, detectorOf } from './detectors.js';
import type { Finder } from './finder.js';
import { matchesOf } from './pattern.js';

/** Of one pattern, in characters. */
const PATTERN_MAX_LENGTH = 512;
const PATTERNS_MAX = 32;

/** What a provider's transcripts are cleared of. */
export const redactionRules = z.object({
  detectors: z.array(z.enum(DETECTORS)).max(DETECTORS.length),
  /** In the syntax of RE2 (https://github.com/google/re2/wiki/Syntax). */
  patterns: z
    .array(
      z.object({
        name: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/),
        pattern: z.string().min(1).max(PATTERN_MAX_LENGTH),
      }),
    )
    .max(PATTERNS_MAX),
});
export type RedactionRules = z.infer<typeof redactionRules>;

/** A rule that cannot be used, told before it is saved. */
export class RedactionRuleError extends Error {
  override readonly name = 'RedactionRuleError';
  readonly retryable = false;

  constructor(
    readonly code: 'rules_invalid' | 'pattern_invalid' | 'pattern_matches_nothing' | 'name_taken',
    /** Of the pattern; null = it is about the rules as a whole. */
    readonly rule: string | null,
    message: string,
  ) {
    super(message);
  }
}

/** @throws RedactionRuleError */
export function findersOf(rules: RedactionRules): Finder[] {
  const parsed = redactionRules.safeParse(rules);
  if (!parsed.success) throw new RedactionRuleError('rules_invalid', null, z.prettifyError(parsed.error));
  const { detectors, patterns } = parsed.data;
  const names = new Set<string>(DETECTORS);
  const own = patterns.map(({ name, pattern }) => {
    if (names.has(name)) throw new RedactionRuleError('name_taken', name, `there is a rule “${name}” already`);
    names.add(name);
    return ownPattern(name, pattern);
  });
  const wanted = new Set(detectors);
  return [...DETECTORS.filter((name) => wanted.has(name)).map(detectorOf), ...own];
}

function ownPattern(name: string, pattern: string): Finder {
  const expression = compiledOwn(name, pattern);
  if (expression.matcher('').find()) {
    throw new RedactionRuleError(
      'pattern_matches_nothing',
      name,
      'the pattern matches an empty text, and so everywhere',
    );
  }
  return { name, find: (text) => matchesOf(expression, text) };
}

function compiledOwn(name: string, pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RedactionRuleError('pattern_invalid', name, why);
  }
}
