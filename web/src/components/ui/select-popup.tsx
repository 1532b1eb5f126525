'use client';
import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { cn } from './cn';
import { listName } from './list-name';
import { optionStyle, popupStyle } from './popup';
import type { Option, SelectProps } from './select';
import { selectTriggerStyle } from './select-trigger';

/** Opens as soon as it is there: see `Select`. */
export function SelectPopup<Value extends string>(props: SelectProps<Value>) {
  const {
    value,
    onChange,
    options,
    placeholder = 'Choose',
    disabled,
    onBlur,
    icon,
    size = 'md',
    className,
    ...aria
  } = props;
  return (
    <Base.Root
      items={options as Option<Value>[]}
      value={value}
      onValueChange={(next) => next !== null && onChange(next as Value)}
      onOpenChange={(open) => !open && onBlur?.()}
      disabled={disabled}
      modal={false}
      defaultOpen
    >
      <Base.Trigger {...aria} className={cn(selectTriggerStyle, size === 'sm' ? 'h-7 text-table' : 'h-8', className)}>
        {icon}
        <Base.Value placeholder={placeholder} className="min-w-0 flex-1 truncate data-placeholder:text-ink-3" />
        <Base.Icon>
          <ChevronsUpDown aria-hidden className="!size-3.5" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup
            {...listName(aria)}
            className={cn(popupStyle, 'max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto p-1')}
          >
            {options.map((option) => (
              <Base.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className={cn(optionStyle, 'pr-3')}
              >
                <span className="flex w-4 shrink-0">
                  <Base.ItemIndicator>
                    <Check aria-hidden className="text-accent" />
                  </Base.ItemIndicator>
                </span>
                <span className="min-w-0">
                  <Base.ItemText className="block">{option.label}</Base.ItemText>
                  {option.hint && <span className="block text-caption text-ink-3">{option.hint}</span>}
                </span>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
