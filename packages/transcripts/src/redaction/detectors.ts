import type { Finder, Span } from './finder.js';
import { ibans, paymentCards, phones, socialSecurityNumbers } from './numbers.js';
import { compiled, matchesOf } from './pattern.js';

/** Built-in detectors by their names. Where two find the same stretch, the one named first gives it its name. */
export const DETECTORS = [
  'private_key',
  'jwt',
  'anthropic_key',
  'openai_key',
  'aws_access_key',
  'aws_secret_key',
  'google_key',
  'github_token',
  'slack_token',
  'stripe_key',
  'email',
  'iban',
  'payment_card',
  'us_ssn',
  'phone',
] as const;
export type Detector = (typeof DETECTORS)[number];

type Find = (text: string) => readonly Span[];

/** `hint`: a text without it holds no match. Its quantifiers are bounded, so that it is linear in any engine. */
function where(hint: RegExp, find: Find): Find {
  return (text) => (hint.test(text) ? find(text) : []);
}

function byPattern(pattern: string, hint: RegExp, group = 0): Find {
  const expression = compiled(pattern);
  return where(hint, (text) => matchesOf(expression, text, group));
}

const KEY_END = '-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----';
const SECRET_LABEL = '(?i:aws|secret)[A-Za-z_ .-]{0,24}(?i:key)[^A-Za-z0-9/+]{1,8}';

/** Forms as those who issue them document them; a key that has no end is one to the end of the text. */
const FINDS: Readonly<Record<Detector, Find>> = {
  private_key: byPattern(
    `-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?s:.)*?(?:${KEY_END}|\\z)`,
    /PRIVATE KEY/,
  ),
  jwt: byPattern('\\beyJ[A-Za-z0-9_-]+\\.eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*', /eyJ/),
  anthropic_key: byPattern('\\bsk-ant-[A-Za-z0-9_-]{20,}', /sk-ant-/),
  openai_key: byPattern('\\bsk-[A-Za-z0-9_-]{20,}', /sk-[A-Za-z0-9_-]{20}/),
  aws_access_key: byPattern('\\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\\b', /A(?:KI|SI|BI|CC)A/),
  aws_secret_key: byPattern(`${SECRET_LABEL}([A-Za-z0-9/+]{40})(?:[^A-Za-z0-9/+]|\\z)`, /[A-Za-z0-9/+]{40}/, 1),
  google_key: byPattern('\\bAIza[A-Za-z0-9_-]{35}', /AIza/),
  github_token: byPattern('\\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})', /gh[pousr]_|github_pat_/),
  slack_token: byPattern('\\bxox[abeoprs]-[A-Za-z0-9-]{10,}', /xox/),
  stripe_key: byPattern('\\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}', /k_/),
  email: byPattern("[\\p{L}\\p{N}.!#$%&'*+/=?^_{|}~-]+@(?:[\\p{L}\\p{N}-]+\\.)+\\p{L}{2,}", /@/),
  iban: where(/[A-Za-z]{2}[0-9]{2}/, ibans),
  payment_card: where(/[0-9](?:[ .-]?[0-9]){11}/, paymentCards),
  us_ssn: where(/[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}/, socialSecurityNumbers),
  phone: where(/(?:\+|00)[1-9]|[0-9]{3}\)?[ .-]{1,2}[0-9]{3}[ .-][0-9]{4}/, phones),
};

export const detectorOf = (name: Detector): Finder => ({ name, find: FINDS[name] });
