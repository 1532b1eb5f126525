'use client';
import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';
import { controlStyle } from './input';
import { optionStyle, popupStyle } from './popup';

export interface Option<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  /** A quiet second line. */
  readonly hint?: string;
  readonly disabled?: boolean;
}

interface SelectProps<Value extends string> {
  value: Value | null;
  onChange: (value: Value) => void;
  options: readonly Option<Value>[];
  placeholder?: string;
  disabled?: boolean;
  id?: string;
  /** Wanted where no `Field` labels it. */
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
  onBlur?: () => void;
  icon?: ReactNode;
  size?: 'md' | 'sm';
  className?: string;
}

/** One of a few. Beyond about fifteen options use `Combobox`. */
export function Select<Value extends string>(props: SelectProps<Value>) {
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
    >
      <Base.Trigger
        {...aria}
        className={cn(
          controlStyle,
          'inline-flex items-center justify-between gap-2 pr-2 pl-2.5 text-left select-none [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3',
          size === 'sm' ? 'h-7 text-table' : 'h-8',
          className,
        )}
      >
        {icon}
        <Base.Value placeholder={placeholder} className="min-w-0 flex-1 truncate data-placeholder:text-ink-3" />
        <Base.Icon>
          <ChevronsUpDown aria-hidden className="!size-3.5" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup
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
