import { RedactionRuleError, type RedactionRules, redactionRules, redactorOf } from '@weir/transcripts';
import type { RedactPatternProblem } from './recording.types.js';

type Pattern = RedactionRules['patterns'][number];

const shape = redactionRules.shape.patterns.element;
/** Beyond it nothing is looked at: a list that long is refused as a whole. */
export const MAX_PATTERNS = 32;

const WORDING = {
  NAME: 'A name starts with a lowercase letter and holds lowercase letters, digits and underscores (63 at most).',
  LENGTH: 'A pattern has 1 to 512 characters.',
} as const;

/** What is wrong with own patterns, at most one complaint each, in their order. */
export function patternProblems(patterns: readonly Pattern[]): RedactPatternProblem[] {
  const names = new Set<string>();
  return patterns.slice(0, MAX_PATTERNS).flatMap((pattern, index) => {
    const at = (part: keyof Pattern, code: string, message: string) => [
      { field: `redactPatterns[${index}].${part}`, code, message },
    ];
    const isTaken = names.has(pattern.name);
    names.add(pattern.name);
    if (!shape.shape.name.safeParse(pattern.name).success) return at('name', 'PATTERN_NAME_INVALID', WORDING.NAME);
    if (isTaken) return at('name', 'PATTERN_NAME_TAKEN', `There is a pattern “${pattern.name}” already.`);
    if (!shape.shape.pattern.safeParse(pattern.pattern).success)
      return at('pattern', 'PATTERN_INVALID', WORDING.LENGTH);
    const error = refusalOf(pattern);
    if (error === null) return [];
    return error.code === 'name_taken'
      ? at('name', 'PATTERN_NAME_TAKEN', `“${pattern.name}” is the name of a built-in detector. Choose another.`)
      : at('pattern', 'PATTERN_INVALID', sentenceOf(error));
  });
}

function refusalOf(pattern: Pattern): RedactionRuleError | null {
  try {
    redactorOf({ detectors: [], patterns: [{ ...pattern }] });
    return null;
  } catch (error) {
    if (error instanceof RedactionRuleError) return error;
    throw error;
  }
}

function sentenceOf({ code, message }: RedactionRuleError): string {
  return code === 'pattern_matches_nothing'
    ? 'The pattern matches an empty text, and so everywhere. Make it match at least one character.'
    : `This is no pattern of RE2: ${message.replace(/^error parsing regexp: /, '')}.`;
}
