'use client';
import { Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cn } from './cn';
import { IconButton } from './icon-button';
import { Input } from './input';

interface SearchInputProps {
  value: string;
  onChange: (value: string) => void;
  /** Also its accessible name: `Search providers`. */
  placeholder: string;
  className?: string;
}

const SETTLE_MS = 150;

/** Filters the data below as the person types; the `/` key leads here. */
export function SearchInput({ value, onChange, placeholder, className }: SearchInputProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <span className={cn('relative block w-full sm:w-60', className)}>
      <Input
        data-search
        type="search"
        icon={<Search aria-hidden />}
        aria-label={placeholder}
        aria-keyshortcuts="/"
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (text === '') event.currentTarget.blur();
          setText('');
        }}
        className="pr-8"
      />
      {text !== '' && (
        <span className="absolute inset-y-0 right-1 flex items-center">
          <IconButton size="sm" label="Clear search" icon={<X aria-hidden />} onClick={() => setText('')} />
        </span>
      )}
    </span>
  );
}
