import type { MatchRule } from '@weir/contracts';

export type Matcher = (modelId: string) => boolean;

/** A test for lower-cased model ids; text compares without regard to case, a regex as it is written. */
export function compileMatch(rule: MatchRule): Matcher {
  if ('or' in rule) {
    const any = rule.or.map(compileMatch);
    return (id) => any.some((matches) => matches(id));
  }
  if ('and' in rule) {
    const all = rule.and.map(compileMatch);
    return (id) => all.every((matches) => matches(id));
  }
  if ('regex' in rule) {
    const pattern = new RegExp(rule.regex);
    return (id) => pattern.test(id);
  }
  if ('equals' in rule) return equalTo(rule.equals);
  if ('startsWith' in rule) {
    const start = rule.startsWith.toLowerCase();
    return (id) => id.startsWith(start);
  }
  if ('endsWith' in rule) {
    const end = rule.endsWith.toLowerCase();
    return (id) => id.endsWith(end);
  }
  const part = rule.contains.toLowerCase();
  return (id) => id.includes(part);
}

function equalTo(text: string): Matcher {
  const whole = text.toLowerCase();
  return (id) => id === whole;
}

const COMPACT_DATE = /(-)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=-|:|$)/g;

/** `model-20250805` -> `model-2025-08-05`: vendors write the date of a model either way. */
export function withSpelledDate(modelId: string): string {
  return modelId.replace(COMPACT_DATE, (whole, dash: string, year: string, month: string, day: string) => {
    const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
    return date.getUTCDate() === Number(day) ? `${dash}${year}-${month}-${day}` : whole;
  });
}
