'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Input } from '@/components/ui/input';
import { plural } from '@/format';

interface DiscoveredModelsProps {
  /** What the upstream says it offers. */
  ids: readonly string[];
  /** The models of the form; left out where nothing can be chosen. */
  chosen?: readonly string[] | undefined;
  onChoose?: ((models: readonly string[]) => void) | undefined;
}

const SEARCHABLE_FROM = 9;

/** The upstream's own model list, to choose from. */
export function DiscoveredModels({ ids, chosen = [], onChoose }: DiscoveredModelsProps) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const fitting = ids.filter((id) => id.toLowerCase().includes(wanted));
  const added = ids.filter((id) => chosen.includes(id)).length;
  const summary = `The upstream offers ${plural(ids.length, 'model')}`;
  if (!onChoose) return <p className="text-table text-ink-2">{summary}.</p>;
  const choose = (id: string, isChosen: boolean) =>
    onChoose(isChosen ? [...chosen, id] : chosen.filter((other) => other !== id));
  return (
    <section aria-label="Discovered models" className="rounded-md border border-line">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2 text-table">
        <span className="min-w-0 flex-1 basis-48 text-ink-2">
          {summary}
          {added > 0 ? `, ${added} chosen.` : '. Choose some, or leave the list empty to offer them all.'}
        </span>
        <Button size="sm" onClick={() => onChoose([...new Set([...chosen, ...fitting])])}>
          {wanted === '' ? 'Choose all' : `Choose these ${fitting.length}`}
        </Button>
        {added > 0 && (
          <Button size="sm" variant="ghost" onClick={() => onChoose(chosen.filter((id) => !ids.includes(id)))}>
            Clear
          </Button>
        )}
      </div>
      <div className="px-3 py-2">
        {ids.length >= SEARCHABLE_FROM && (
          <Input
            type="search"
            aria-label="Search discovered models"
            placeholder="Search"
            className="mb-2"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        )}
        <div className="grid max-h-56 gap-1.5 overflow-y-auto sm:grid-cols-2">
          {fitting.map((id) => (
            <Checkbox
              key={id}
              label={<span className="block font-mono text-caption leading-5 break-all">{id}</span>}
              checked={chosen.includes(id)}
              onChange={(isChosen) => choose(id, isChosen)}
            />
          ))}
          {fitting.length === 0 && <p className="text-table text-ink-3">Nothing fits.</p>}
        </div>
      </div>
    </section>
  );
}
