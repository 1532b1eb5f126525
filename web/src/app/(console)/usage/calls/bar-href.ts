import type { Span } from '../range';
import { type Group, type Narrowed, narrowTo } from '../state/filters';
import { callsHref } from './href';

interface GroupAsked {
  readonly groupBy: Group;
  readonly tagKey: string | null;
  readonly key: string;
}

/**
 * The calls that one figure of a chart is made of.
 * @param span of its bucket, as far as the range reaches
 * @param group null = of every group
 */
export function barHref(
  { from, to }: Span,
  narrowed: Narrowed,
  withDeleted: boolean,
  group: GroupAsked | null,
): string {
  const filter = group === null ? narrowed : narrowTo(narrowed, group.groupBy, group.tagKey, group.key);
  return callsHref(
    { from: from.toISOString(), to: to.toISOString() },
    { ...filter, ...(withDeleted ? {} : { withDeleted: false }) },
  );
}
