'use client';
import { Search } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { ControlProps } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { optionInDirection } from './option-in-direction';
import type { ProviderTypeOption } from './provider-type';
import { groupTypes } from './type-groups';
import { TypeOption } from './type-option';

interface TypePickerProps {
  control: ControlProps;
  types: readonly ProviderTypeOption[];
  value: string;
  onChange: (type: string) => void;
  /** Back to the type chosen before. */
  onCancel?: (() => void) | undefined;
  onBlur: () => void;
}

const ANY = 'openai_compatible';

/** Searched by what people call them; arrows go through the grid, Enter takes the marked one. */
export function TypePicker({ control, types, value, onChange, onCancel, onBlur }: TypePickerProps) {
  const id = useId();
  const [search, setSearch] = useState('');
  const [marked, setMarked] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const groups = groupTypes(types, search);
  const fitting = groups.flatMap((group) => group.types);
  // While something is typed, Enter takes the first that fits.
  const active = fitting.find(({ type }) => type === marked) ?? (search.trim() === '' ? undefined : fitting[0]);
  const optionId = (type: string) => `${id}-${type}`;

  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && active) {
      event.preventDefault();
      onChange(active.type);
    } else if (event.key === 'Escape' && (search !== '' || onCancel)) {
      event.preventDefault();
      if (search !== '') setSearch('');
      else onCancel?.();
    } else if (event.key.startsWith('Arrow') && list.current) {
      // Left and right belong to the text as long as there is some.
      if (search !== '' && /Left|Right/.test(event.key)) return;
      event.preventDefault();
      const next = optionInDirection(list.current, active ? optionId(active.type) : null, event.key);
      next?.scrollIntoView({ block: 'nearest' });
      if (next) setMarked(next.dataset.type ?? null);
    }
  };
  return (
    <div>
      <div className="flex gap-2">
        <Input
          id={control.id}
          aria-describedby={control['aria-describedby']}
          aria-invalid={control['aria-invalid']}
          role="combobox"
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={active && optionId(active.type)}
          icon={<Search />}
          placeholder="Search, for example claude, aws or vllm"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setMarked(null);
          }}
          onKeyDown={onKeyDown}
          onBlur={onBlur}
        />
        {onCancel && (
          <Button variant="ghost" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
      <div ref={list} id={`${id}-list`} role="listbox" aria-label="Provider types" className="mt-4 flex flex-col gap-4">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox.
          <div key={group.label} role="group" aria-labelledby={`${id}-${group.label}`}>
            <div id={`${id}-${group.label}`} className="mb-1.5 text-caption font-medium text-ink-3">
              {group.label}
            </div>
            <div className="grid gap-2 sm:grid-cols-2 md:grid-cols-3" role="presentation">
              {group.types.map((option) => (
                <TypeOption
                  key={option.type}
                  id={optionId(option.type)}
                  option={option}
                  isActive={option.type === active?.type}
                  isChosen={option.type === value}
                  onChoose={() => onChange(option.type)}
                />
              ))}
            </div>
          </div>
        ))}
      </div>
      {fitting.length === 0 && (
        <div className="text-ink-2">
          No type fits “{search.trim()}”. Most other upstreams speak the OpenAI API.
          {types.some(({ type }) => type === ANY) && (
            <Button className="mt-2 block" size="sm" onClick={() => onChange(ANY)}>
              Use OpenAI-compatible
            </Button>
          )}
        </div>
      )}
      <span className="sr-only" aria-live="polite">
        {search.trim() !== '' && `${fitting.length} fit`}
      </span>
    </div>
  );
}
