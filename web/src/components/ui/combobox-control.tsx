'use client';
import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, ChevronsUpDown, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { cn } from './cn';
import type { ComboboxProps, MultiComboboxProps, SharedProps } from './combobox';
import { controlStyle } from './input';
import { listName } from './list-name';
import { optionStyle, popupStyle } from './popup';
import type { Option } from './select';

function useOptions({ options, allowCustom, onSearch }: SharedProps, chosen: readonly string[]) {
  const [typed, setTyped] = useState('');
  const known = useMemo(() => new Set(options.map((option) => option.value)), [options]);
  // The same objects while somebody types: another one would count as another value, and put the text back.
  const extra = useMemo(
    () => chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: value })),
    [chosen, known],
  );
  const items = useMemo(() => {
    const text = typed.trim();
    const custom =
      allowCustom && text !== '' && !known.has(text) && !chosen.includes(text)
        ? [{ value: text, label: text, hint: 'Use what was typed' }]
        : [];
    return [...custom, ...byFit(options, text), ...extra];
  }, [options, known, extra, allowCustom, typed, chosen]);
  const search = (text: string) => {
    setTyped(text);
    onSearch?.(text);
  };
  return { items, search };
}

/** What is spelled as typed comes first, then what begins so: Enter takes the first. */
function byFit(options: readonly Option[], typed: string): readonly Option[] {
  if (typed === '') return options;
  const text = typed.toLowerCase();
  const rank = ({ label }: Option) => {
    const name = label.toLowerCase();
    return name === text ? 0 : name.startsWith(text) ? 1 : 2;
  };
  return options.toSorted((a, b) => rank(a) - rank(b));
}

interface ListPopupProps {
  emptyText: string;
  mono: boolean;
  name: ReturnType<typeof listName>;
}

function ListPopup({ emptyText, mono, name }: ListPopupProps) {
  return (
    <Base.Portal>
      <Base.Positioner sideOffset={4} className="z-50">
        <Base.Popup
          className={cn(
            popupStyle,
            'max-h-[min(22rem,var(--available-height))] w-(--anchor-width) min-w-56 overflow-y-auto p-1',
          )}
        >
          <Base.Empty>
            <div className="px-2 py-3 text-table text-ink-3">{emptyText}</div>
          </Base.Empty>
          <Base.List {...name}>
            {(option: Option) => (
              <Base.Item key={option.value} value={option} disabled={option.disabled} className={optionStyle}>
                <span className="flex w-4 shrink-0">
                  <Base.ItemIndicator>
                    <Check aria-hidden className="text-accent" />
                  </Base.ItemIndicator>
                </span>
                <span className="min-w-0">
                  <span className={cn('block truncate', mono && 'font-mono')}>{option.label}</span>
                  {option.hint && <span className="block text-caption text-ink-3">{option.hint}</span>}
                </span>
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}

const same = (a: Option, b: Option) => a.value === b.value;

const focusOnMount = (input: HTMLInputElement | null) => input?.focus();

interface ComboboxControlProps extends ComboboxProps {
  /** It takes the place of what was just clicked. */
  startsOpen?: boolean;
}

export function ComboboxControl(props: ComboboxControlProps) {
  const {
    value,
    onChange,
    placeholder,
    disabled,
    emptyText = 'Nothing fits.',
    mono = false,
    onBlur,
    className,
    startsOpen = false,
  } = props;
  const chosen = useMemo(() => (value === null ? [] : [value]), [value]);
  const { items, search } = useOptions(props, chosen);
  return (
    <Base.Root
      items={items}
      value={items.find((item) => item.value === value) ?? null}
      onValueChange={(next: Option | null) => onChange(next?.value ?? null)}
      onInputValueChange={search}
      isItemEqualToValue={same}
      disabled={disabled}
      defaultOpen={startsOpen}
      autoHighlight
    >
      <Base.InputGroup className={cn('relative', className)}>
        <Base.Input
          ref={startsOpen ? focusOnMount : undefined}
          id={props.id}
          aria-label={props['aria-label']}
          aria-describedby={props['aria-describedby']}
          aria-invalid={props['aria-invalid']}
          placeholder={placeholder}
          onBlur={onBlur}
          spellCheck={false}
          className={cn(controlStyle, 'h-8 pr-14 pl-2.5', mono && 'font-mono text-table')}
        />
        <span className="absolute inset-y-0 right-1 flex items-center text-ink-3 [&_svg]:size-4">
          <Base.Clear aria-label="Clear" className="flex size-6 items-center justify-center rounded-md hover:bg-hover">
            <X aria-hidden />
          </Base.Clear>
          <Base.Trigger
            aria-label="Show options"
            className="flex size-6 items-center justify-center rounded-md hover:bg-hover"
          >
            <ChevronsUpDown aria-hidden className="!size-3.5" />
          </Base.Trigger>
        </span>
      </Base.InputGroup>
      <ListPopup emptyText={emptyText} mono={mono} name={listName(props)} />
    </Base.Root>
  );
}

export function MultiComboboxControl(props: MultiComboboxProps) {
  const {
    value,
    onChange,
    placeholder,
    disabled,
    emptyText = 'Nothing fits.',
    mono = false,
    onBlur,
    className,
  } = props;
  const { items, search } = useOptions(props, value);
  const selected = useMemo(
    () => value.map((entry) => items.find((item) => item.value === entry) ?? { value: entry, label: entry }),
    [value, items],
  );
  return (
    <Base.Root
      items={items}
      multiple
      value={selected}
      onValueChange={(next: Option[]) => onChange(next.map((option) => option.value))}
      onInputValueChange={search}
      isItemEqualToValue={same}
      disabled={disabled}
      autoHighlight
    >
      <Base.InputGroup
        className={cn(
          'relative flex min-h-8 w-full flex-wrap items-center gap-1 rounded-md border border-edge bg-canvas py-[3px] pr-8 pl-1 hover:border-ink-3 focus-within:border-accent focus-within:outline-2 focus-within:outline-accent/35',
          props['aria-invalid'] && 'border-red',
          className,
        )}
      >
        <Base.Chips className="contents">
          {selected.map((option) => (
            <Base.Chip
              key={option.value}
              aria-label={option.label}
              className="flex h-6 max-w-full items-center gap-1 rounded-sm bg-pressed pl-2 text-table outline-none data-highlighted:bg-accent-soft focus-visible:outline-2 focus-visible:outline-accent"
            >
              <span className={cn('truncate', mono && 'font-mono text-caption')}>{option.label}</span>
              <Base.ChipRemove
                aria-label={`Remove ${option.label}`}
                className="flex size-6 items-center justify-center rounded-sm text-ink-3 hover:text-ink [&_svg]:size-3.5"
              >
                <X aria-hidden />
              </Base.ChipRemove>
            </Base.Chip>
          ))}
          <Base.Input
            id={props.id}
            aria-label={props['aria-label']}
            aria-describedby={props['aria-describedby']}
            aria-invalid={props['aria-invalid']}
            placeholder={value.length === 0 ? placeholder : undefined}
            onBlur={onBlur}
            spellCheck={false}
            className={cn(
              'h-6 min-w-24 flex-1 bg-transparent px-1.5 text-base outline-none',
              mono && 'font-mono text-table',
            )}
          />
        </Base.Chips>
        <Base.Trigger
          aria-label="Show options"
          className="absolute right-1 bottom-[3px] flex size-6 items-center justify-center rounded-md text-ink-3 hover:bg-hover"
        >
          <ChevronsUpDown aria-hidden className="size-3.5" />
        </Base.Trigger>
      </Base.InputGroup>
      <ListPopup emptyText={emptyText} mono={mono} name={listName(props)} />
    </Base.Root>
  );
}
