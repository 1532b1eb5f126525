import { plural } from '../../../../format';

interface Affected {
  readonly displayName: string;
  readonly lastSevenDays: { readonly requests: number } | null;
}

const NAMED = 5;

/** `OpenAI, Anthropic and 3 more`. */
export function namesOf(providers: readonly Affected[]): string {
  const named = providers.slice(0, NAMED).map(({ displayName }) => displayName);
  const more = providers.length - named.length;
  if (more > 0) return `${named.join(', ')} and ${more} more`;
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}

/** How much traffic that stops or starts again, as far as it is known. */
export function trafficOf(providers: readonly Affected[]): string {
  const known = providers.flatMap(({ lastSevenDays }) => lastSevenDays ?? []);
  if (known.length < providers.length) return 'How many calls they served lately is unknown.';
  const requests = known.reduce((sum, figures) => sum + figures.requests, 0);
  return requests === 0
    ? 'Nobody called them in the last 7 days.'
    : `Together they served ${plural(requests, 'call')} in the last 7 days.`;
}
