'use client';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/input';
import { Popover } from '@/components/ui/popover';

interface FilterButtonProps {
  label: string;
  options: readonly { readonly value: string; readonly label: string }[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
  /** What stands there when there is nothing to choose. */
  emptyText?: string;
  size?: 'md' | 'sm';
}

const SEARCHABLE_FROM = 8;

/** Several values of one dimension, ticked in a list. Values in the address that had no traffic stay tickable. */
export function FilterButton({
  label,
  options,
  chosen,
  onChange,
  emptyText = 'No traffic in this range.',
  size = 'md',
}: FilterButtonProps) {
  const [search, setSearch] = useState('');
  const known = new Set(options.map(({ value }) => value));
  const all = [...chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: value })), ...options];
  const wanted = search.trim().toLowerCase();
  const fitting = all.filter((option) => `${option.label} ${option.value}`.toLowerCase().includes(wanted));
  return (
    <Popover
      label={`Filter by ${label.toLowerCase()}`}
      className="w-64 p-2"
      trigger={
        <Button size={size} className={cn('border-edge font-normal', chosen.length > 0 && 'border-accent')}>
          {label}
          {chosen.length > 0 && <span className="figures text-accent">{chosen.length}</span>}
          <ChevronDown aria-hidden className="-mr-1 !size-3.5 text-ink-3" />
        </Button>
      }
    >
      {all.length >= SEARCHABLE_FROM && (
        <Input
          type="search"
          aria-label={`Search ${label.toLowerCase()}`}
          placeholder="Search"
          className="mb-2"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      <div className="flex max-h-72 flex-col gap-1 overflow-y-auto px-1 py-0.5">
        {fitting.map((option) => (
          <Checkbox
            key={option.value}
            label={<span className="block max-w-48 truncate text-table leading-5">{option.label}</span>}
            checked={chosen.includes(option.value)}
            onChange={(isChosen) =>
              onChange(isChosen ? [...chosen, option.value] : chosen.filter((value) => value !== option.value))
            }
          />
        ))}
        {fitting.length === 0 && (
          <p className="py-1 text-table text-ink-3">{wanted === '' ? emptyText : 'Nothing fits.'}</p>
        )}
      </div>
      {chosen.length > 0 && (
        <Button size="sm" variant="ghost" className="mt-1" onClick={() => onChange([])}>
          Clear
        </Button>
      )}
    </Popover>
  );
}
