import { UNPRICED_RANGES } from './search-params';

interface Narrowed {
  readonly providers?: readonly string[] | undefined;
  readonly models?: readonly string[] | undefined;
  /** A preset of Cost & Usage; one that the view does not have is left out. */
  readonly range?: string | undefined;
  /** `YYYY-MM`, UTC; goes before a range. */
  readonly month?: string | undefined;
}

/** Lists in an address are divided by commas, so one inside a name is written out. */
const listed = (values: readonly string[]) => values.map((value) => value.replaceAll(',', '%2C')).join(',');

/** The unpriced view, narrowed to what somebody was looking at. */
export function unpricedHref({ providers = [], models = [], range, month }: Narrowed = {}): string {
  const query = new URLSearchParams();
  if (month) query.set('month', month);
  else if (range && (UNPRICED_RANGES as readonly string[]).includes(range)) query.set('range', range);
  if (providers.length > 0) query.set('providers', listed(providers));
  if (models.length > 0) query.set('models', listed(models));
  const text = query.toString();
  return text === '' ? '/usage/unpriced' : `/usage/unpriced?${text}`;
}
