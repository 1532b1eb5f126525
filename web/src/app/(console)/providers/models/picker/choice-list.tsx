'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Check, Plus, TriangleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { cn } from '@/components/ui/cn';
import { compact, usd } from '@/format';
import type { Choice, PickerRow } from './choices';

const ROW_PX = 36;
const HEADING_PX = 28;
const OVERSCAN = 8;

interface ChoiceListProps {
  /** Of the list; rows are `<id>-<index>`. */
  id: string;
  label: string;
  rows: readonly PickerRow[];
  chosen: ReadonlySet<string>;
  /** Index of the row the keyboard is on; -1 = none. */
  active: number;
  onToggle: (id: string) => void;
  emptyText: string;
}

/** Ids with context and prices. Only the rows in sight are in the document; the search field moves through them. */
export function ChoiceList({ id, label, rows, chosen, active, onToggle, emptyText }: ChoiceListProps) {
  const box = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => (rows[index]?.kind === 'heading' ? HEADING_PX : ROW_PX),
    getItemKey: (index) => keyOf(rows[index], index),
    overscan: OVERSCAN,
  });
  useEffect(() => {
    if (active >= 0) virtualizer.scrollToIndex(active, { align: 'auto' });
  }, [active, virtualizer]);
  if (rows.length === 0) return <p className="border-y border-line py-6 text-table text-ink-3">{emptyText}</p>;
  return (
    <div ref={box} className="max-h-[324px] overflow-y-auto overscroll-contain border-y border-line">
      <div
        role="listbox"
        id={id}
        aria-label={label}
        aria-multiselectable
        tabIndex={-1}
        className="relative w-full"
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start, size }) => {
          const row = rows[index];
          if (!row) return null;
          const style = { transform: `translateY(${start}px)`, height: size };
          return row.kind === 'heading' ? (
            <div
              key={key}
              role="presentation"
              className="absolute inset-x-0 top-0 flex items-end border-b border-line px-2 pb-1 text-caption font-medium text-ink-2"
              style={style}
            >
              {row.label}
            </div>
          ) : (
            <Option
              key={key}
              id={`${id}-${index}`}
              choice={row}
              isChosen={chosen.has(row.id)}
              isActive={index === active}
              position={index + 1}
              count={rows.length}
              style={style}
              onToggle={onToggle}
            />
          );
        })}
      </div>
    </div>
  );
}

function keyOf(row: PickerRow | undefined, index: number): string | number {
  if (!row) return index;
  return row.kind === 'heading' ? `# ${row.label}` : row.id;
}

interface OptionProps {
  id: string;
  choice: Choice;
  isChosen: boolean;
  isActive: boolean;
  position: number;
  count: number;
  style: { transform: string; height: number };
  onToggle: (id: string) => void;
}

function Option({ id, choice, isChosen, isActive, position, count, style, onToggle }: OptionProps) {
  const { model } = choice;
  const isFlagged = model?.needsInferenceProfile === true && !choice.isProfile;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field, which has the focus, moves and chooses
    <div
      role="option"
      id={id}
      aria-selected={isChosen}
      aria-posinset={position}
      aria-setsize={count}
      tabIndex={-1}
      onClick={() => onToggle(choice.id)}
      onMouseDown={(event) => event.preventDefault()}
      className={cn(
        'absolute inset-x-0 top-0 flex items-center gap-3 px-2 text-table select-none hover:bg-hover',
        isActive && 'bg-hover outline-2 -outline-offset-2 outline-accent',
        choice.isProfile && 'pl-8',
      )}
      style={style}
    >
      <span
        aria-hidden
        className={cn(
          'flex size-4 shrink-0 items-center justify-center rounded-sm border',
          isChosen ? 'border-accent bg-accent text-on-accent' : 'border-edge bg-canvas text-ink-3',
        )}
      >
        {isChosen ? <Check className="size-3" strokeWidth={3} /> : choice.isTyped && <Plus className="size-3" />}
      </span>
      <span className="min-w-0 flex-1 truncate font-mono" title={titleOf(choice)}>
        {choice.isTyped && <span className="font-sans text-ink-2">Add as typed: </span>}
        {choice.id}
      </span>
      {isFlagged ? (
        <span className="flex shrink-0 items-center gap-1 text-caption text-amber">
          <TriangleAlert aria-hidden className="size-3.5" />
          needs a profile
        </span>
      ) : (
        !choice.isTyped && <Figures choice={choice} />
      )}
    </div>
  );
}

function titleOf({ id, model }: Choice): string {
  return model?.displayName ? `${id}\n${model.displayName}` : id;
}

function Figures({ choice: { model, isProfile } }: { choice: Choice }) {
  if (!model) return <span className="shrink-0 text-caption text-ink-3">not in the catalog</span>;
  // A profile can have rates of its own, so its model's would be a guess.
  if (isProfile && model.profiles.length > 0) return <span className="shrink-0 text-caption text-ink-3">profile</span>;
  return (
    <>
      <span className="figures hidden w-16 shrink-0 text-right text-ink-3 sm:block" title="Context, tokens">
        {model.contextTokens === null ? '–' : compact(model.contextTokens)}
      </span>
      <Rate rate={model.inputUsdPerMillion} />
      <Rate rate={model.outputUsdPerMillion} />
    </>
  );
}

function Rate({ rate }: { rate: string | null }) {
  return (
    <span className={cn('figures w-[68px] shrink-0 text-right', rate === null && 'text-ink-3')}>
      {rate === null ? 'unpriced' : usd(rate)}
    </span>
  );
}
