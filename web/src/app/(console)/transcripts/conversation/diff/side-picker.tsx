'use client';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { count, exactTime } from '@/format';
import { useReading } from '../reading';

interface SidePickerProps {
  label: string;
  eventId: string;
  onPick: (eventId: string) => void;
}

/** One of the two turns, by its number. */
export function SidePicker({ label, eventId, onPick }: SidePickerProps) {
  const { index, jumpTo } = useReading();
  const place = index?.placeOf(eventId);
  const number = index && place !== undefined ? index.numberOf(place) : null;
  const [typed, setTyped] = useState('');
  useEffect(() => setTyped(number === null ? '' : String(number)), [number]);
  if (!index) return null;
  const [first, last] = [index.numberOf(0), index.numberOf(index.count - 1)];
  const pick = (wanted: number) => {
    const picked = index.eventIds[Math.min(last, Math.max(first, wanted)) - first];
    if (picked !== undefined && picked !== eventId) onPick(picked);
    else setTyped(String(number ?? ''));
  };
  const take = () => (/^\d+$/.test(typed) ? pick(Number(typed)) : setTyped(String(number ?? '')));
  return (
    <div className="flex flex-wrap items-center gap-1">
      <span className="text-caption text-ink-3">{label}: turn</span>
      <IconButton
        size="sm"
        label={`${label}: the turn before`}
        icon={<ChevronLeft aria-hidden />}
        disabled={number === null || number <= first}
        onClick={() => pick((number ?? first) - 1)}
      />
      <span className="w-14">
        <Input
          aria-label={`${label}: number of the turn`}
          inputMode="numeric"
          className="figures h-7 text-center text-table"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => {
            // Keys step through the changes from then on.
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
      </span>
      <IconButton
        size="sm"
        label={`${label}: the turn after`}
        icon={<ChevronRight aria-hidden />}
        disabled={number === null || number >= last}
        onClick={() => pick((number ?? last) + 1)}
      />
      <span className="figures text-caption text-ink-3">of {count(last)}</span>
      {place !== undefined && (
        <a
          href={`#turn-${eventId}`}
          onClick={(event) => {
            event.preventDefault();
            jumpTo(eventId);
          }}
          className="figures rounded-sm text-caption text-accent hover:underline"
        >
          {exactTime(new Date(index.startsMs[place] ?? 0))}
        </a>
      )}
    </div>
  );
}
