'use client';
import { ListPlus, Search } from 'lucide-react';
import { useId, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Segments } from '@/components/ui/segments';
import { count, plural } from '@/format';
import { capabilityLabel, tellingCapabilities } from '../capabilities';
import { ChoiceList } from './choice-list';
import { type PublishedModel, profileFixes, replaced, rowsOf, toggled, type View } from './choices';
import { PasteIds } from './paste-ids';
import { ProfileFixes } from './profile-fixes';

export interface ModelPickerProps {
  /** What is published for the provider's type; empty while loading and for types without a catalog. */
  models: readonly PublishedModel[];
  loading: boolean;
  value: readonly string[];
  onChange: (models: string[]) => void;
  /** What the upstream itself listed when the connection was tested; null = it was not asked. */
  discovered?: readonly string[] | null;
  /** AWS region, by which inference profiles are suggested. */
  region?: string | null;
  onBlur?: () => void;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
}

/** Models a provider exposes: searched, filtered, typed freely or pasted. An empty choice exposes everything. */
export function ModelPicker(props: ModelPickerProps) {
  const { models, loading, value, onChange, discovered = null, region = null } = props;
  const listId = useId();
  const [search, setSearch] = useState('');
  const [view, setView] = useState<View>('all');
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const [isPasting, setPasting] = useState(false);
  const [active, setActive] = useState(-1);
  const capabilities = useMemo(() => tellingCapabilities(models), [models]);
  const chosen = useMemo(() => new Set(value), [value]);
  const rows = useMemo(
    () => rowsOf({ models, chosen: value, discovered, view, search, capabilities: wanted }),
    [models, value, discovered, view, search, wanted],
  );
  const step = (by: 1 | -1) => {
    let next = active;
    do next = next < 0 && by < 0 ? rows.length - 1 : next + by;
    while (rows[next]?.kind === 'heading');
    setActive(next >= 0 && next < rows.length ? next : -1);
  };
  /** Other rows: the keyboard stands on none of them yet. */
  const startOver =
    <Value,>(set: (value: Value) => void) =>
    (next: Value) => {
      set(next);
      setActive(-1);
    };
  const toggle = (id: string) => {
    onChange(toggled(value, id));
    // What was spelled out is done with; the next id can be typed.
    if (id === search.trim()) startOver(setSearch)('');
  };
  const choose = () => {
    const typed = search.trim();
    const models = rows.filter((candidate) => candidate.kind === 'model');
    const row = rows[active] ?? models.find(({ id }) => id === typed) ?? models[0];
    if (row?.kind === 'model' && (active >= 0 || typed !== '')) toggle(row.id);
  };
  const views = [
    { value: 'all' as const, label: `All ${loading ? '' : count(models.length)}` },
    { value: 'chosen' as const, label: `Chosen ${count(value.length)}` },
    ...(discovered
      ? [{ value: 'discovered' as const, label: `Offered by the upstream ${count(discovered.length)}` }]
      : []),
  ];

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="min-w-56 flex-1">
          <Input
            role="combobox"
            aria-label="Find or type a model"
            aria-expanded={rows.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
            aria-describedby={props['aria-describedby']}
            aria-invalid={props['aria-invalid']}
            mono
            icon={<Search />}
            placeholder="Search, or type any id"
            value={search}
            onBlur={props.onBlur}
            onChange={(event) => {
              setSearch(event.target.value);
              setActive(-1);
            }}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(event.key === 'ArrowDown' ? 1 : -1);
              else if (event.key === 'Enter') choose();
              else if (event.key === 'Escape' && search !== '') setSearch('');
              else return;
              event.preventDefault();
            }}
          />
        </span>
        <Button icon={<ListPlus aria-hidden />} onClick={() => setPasting(!isPasting)} aria-expanded={isPasting}>
          Paste ids
        </Button>
      </div>
      {isPasting && (
        <PasteIds
          onAdd={(ids) => {
            onChange([...new Set([...value, ...ids])]);
            setPasting(false);
            setView('chosen');
          }}
        />
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segments label="Models shown" value={view} onChange={startOver(setView)} options={views} />
        {capabilities.length > 0 && (
          <Capabilities offered={capabilities} wanted={wanted} onChange={startOver(setWanted)} />
        )}
      </div>
      <div>
        <div aria-hidden className="flex items-center gap-3 px-2 pb-1 text-caption text-ink-3">
          <span className="flex-1">Model</span>
          <span className="hidden w-16 text-right sm:block">Context</span>
          <span className="w-[68px] text-right">In $/1M</span>
          <span className="w-[68px] text-right">Out $/1M</span>
        </div>
        <ChoiceList
          id={listId}
          label="Models"
          rows={rows}
          chosen={chosen}
          active={active}
          onToggle={toggle}
          emptyText={emptyText(props, view)}
        />
      </div>
      <ProfileFixes
        fixes={profileFixes(value, models, region)}
        onReplace={(id, by) => onChange(replaced(value, id, by))}
      />
      <Outcome value={value} discovered={discovered} view={view} onChange={onChange} />
    </div>
  );
}

function emptyText({ models, loading }: ModelPickerProps, view: View): string {
  if (loading) return 'Loading the catalog…';
  if (view === 'chosen') return 'None is chosen: every model the upstream offers may be called.';
  if (models.length === 0) return 'The catalog lists no models of this type. Type the exact id your upstream uses.';
  return 'No model fits. Type the exact id your upstream uses to add it.';
}

interface CapabilitiesProps {
  offered: readonly string[];
  wanted: readonly string[];
  onChange: (wanted: string[]) => void;
}

function Capabilities({ offered, wanted, onChange }: CapabilitiesProps) {
  return (
    <fieldset className="flex flex-wrap gap-1">
      <legend className="sr-only">Only models that can do</legend>
      {offered.map((capability) => (
        <button
          key={capability}
          type="button"
          aria-pressed={wanted.includes(capability)}
          onClick={() => onChange(toggled(wanted, capability))}
          className="h-6 rounded-full border border-line-2 px-2.5 text-caption text-ink-2 hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
        >
          {capabilityLabel(capability)}
        </button>
      ))}
    </fieldset>
  );
}

/** What the choice means for callers, and the two ways to change all of it. */
function Outcome({
  value,
  discovered,
  view,
  onChange,
}: Pick<ModelPickerProps, 'value' | 'onChange' | 'discovered'> & { view: View }) {
  const missing = discovered?.filter((id) => !value.includes(id)) ?? [];
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 text-table">
      <p aria-live="polite" className="text-ink-2">
        {value.length === 0
          ? 'None chosen: every model the upstream offers may be called, also ones it adds later.'
          : `Only ${value.length === 1 ? 'this 1 model' : `these ${plural(value.length, 'model')}`} may be called; any other is refused.`}
      </p>
      <span className="flex gap-2">
        {view === 'discovered' && missing.length > 0 && (
          <Button size="sm" onClick={() => onChange([...value, ...missing])}>
            Add all {count(missing.length)}
          </Button>
        )}
        {value.length > 0 && (
          <Button size="sm" variant="ghost" onClick={() => onChange([])}>
            Remove all
          </Button>
        )}
      </span>
    </div>
  );
}
