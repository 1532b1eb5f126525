'use client';
import { Menu } from '@base-ui/react/menu';
import { Check, ChevronRight } from 'lucide-react';
import type { ReactElement } from 'react';
import { cn } from '@/components/ui/cn';
import { optionStyle, popupStyle } from '@/components/ui/popup';
import { useData } from '@/graphql/use-data';
import { GROUP_LABELS, GROUPS, type Group } from '../state/filters';
import { spanInput, type UsageState } from '../state/use-usage-state';
import { TAG_KEYS } from './queries';

interface GroupMenuPopupProps {
  state: UsageState;
  trigger: ReactElement;
}

/** Opens as soon as it is there: see `GroupMenu`. */
export function GroupMenuPopup({ state, trigger }: GroupMenuPopupProps) {
  const { groupBy, tagKey, setParams } = state;
  return (
    <Menu.Root modal={false} defaultOpen>
      <Menu.Trigger render={trigger} />
      <Menu.Portal>
        <Menu.Positioner align="start" sideOffset={4} className="z-50">
          <Menu.Popup aria-label="Group by" className={cn(popupStyle, 'min-w-48 p-1')}>
            <Menu.RadioGroup
              value={groupBy}
              onValueChange={(value: Group) => void setParams({ groupBy: value, tagKey: null, hidden: null })}
            >
              {GROUPS.filter((group) => group !== 'tag').map((group) => (
                <Item key={group} value={group} label={GROUP_LABELS[group]} />
              ))}
            </Menu.RadioGroup>
            <Menu.Separator className="mx-1 my-1 h-px bg-line" />
            <Menu.SubmenuRoot>
              <Menu.SubmenuTrigger className={optionStyle}>
                <span className="flex w-4 shrink-0">
                  {groupBy === 'tag' && <Check aria-hidden className="text-accent" />}
                </span>
                <span className="flex-1">{groupBy === 'tag' ? `Tag: ${tagKey}` : 'Tag'}</span>
                <ChevronRight aria-hidden className="!size-3.5 text-ink-3" />
              </Menu.SubmenuTrigger>
              <Menu.Portal>
                <Menu.Positioner sideOffset={4} className="z-50">
                  <Menu.Popup
                    aria-label="Tag"
                    className={cn(popupStyle, 'max-h-(--available-height) min-w-44 overflow-y-auto p-1')}
                  >
                    <TagItems state={state} />
                  </Menu.Popup>
                </Menu.Positioner>
              </Menu.Portal>
            </Menu.SubmenuRoot>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function TagItems({ state }: { state: UsageState }) {
  const { groupBy, tagKey, setParams } = state;
  const { data, problem } = useData(TAG_KEYS, { range: spanInput(state.range), filter: state.filter });
  const keys = [...new Set([...(tagKey ? [tagKey] : []), ...(data?.usageTagKeys ?? [])])];
  if (keys.length === 0) {
    return (
      <Menu.Item className={optionStyle} disabled>
        {problem ? problem.message : data ? 'No call in this range carries a tag' : 'Loading'}
      </Menu.Item>
    );
  }
  return (
    <Menu.RadioGroup
      value={groupBy === 'tag' ? tagKey : null}
      onValueChange={(key: string) => void setParams({ groupBy: 'tag', tagKey: key, hidden: null })}
    >
      {keys.map((key) => (
        <Item key={key} value={key} label={key} />
      ))}
    </Menu.RadioGroup>
  );
}

function Item({ value, label }: { value: string; label: string }) {
  return (
    <Menu.RadioItem value={value} closeOnClick className={cn(optionStyle, 'pr-3')}>
      <span className="flex w-4 shrink-0">
        <Menu.RadioItemIndicator>
          <Check aria-hidden className="text-accent" />
        </Menu.RadioItemIndicator>
      </span>
      <span className="max-w-64 truncate">{label}</span>
    </Menu.RadioItem>
  );
}
