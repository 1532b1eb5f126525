'use client';
import { ChevronsUpDown } from 'lucide-react';
import { cloneElement, lazy, Suspense } from 'react';
import { Button } from '@/components/ui/button';
import { useIntent } from '@/components/ui/use-intent';
import { GROUP_LABELS } from '../state/filters';
import type { UsageState } from '../state/use-usage-state';

const load = () => import('./group-menu-popup');
const GroupMenuPopup = lazy(() => load().then(({ GroupMenuPopup }) => ({ default: GroupMenuPopup })));

export const groupText = ({ groupBy, tagKey }: Pick<UsageState, 'groupBy' | 'tagKey'>): string =>
  groupBy === 'tag' ? `Tag: ${tagKey}` : GROUP_LABELS[groupBy];

/** What the bars are split by. */
export function GroupMenu({ state }: { state: UsageState }) {
  const { wanted, triggerProps } = useIntent(load, 'menu');
  const trigger = (
    <Button size="sm" className="min-w-0 border-edge font-normal max-sm:flex-1">
      <span className="text-ink-3">Group by</span>
      <span className="max-w-40 truncate">{groupText(state)}</span>
      <ChevronsUpDown aria-hidden className="!size-3.5 text-ink-3 max-sm:ml-auto" />
    </Button>
  );
  if (!wanted) return cloneElement(trigger, triggerProps);
  return (
    <Suspense fallback={trigger}>
      <GroupMenuPopup state={state} trigger={trigger} />
    </Suspense>
  );
}
