import { Redactor } from './redactor.js';
import { findersOf, type RedactionRules } from './rules.js';

export { DETECTORS, type Detector } from './detectors.js';
export type { Redacted, Redactor } from './redactor.js';
export { RedactionRuleError, type RedactionRules, redactionRules } from './rules.js';

/** @throws RedactionRuleError naming the rule that cannot be used */
export function redactorOf(rules: RedactionRules): Redactor {
  return new Redactor(findersOf(rules));
}
