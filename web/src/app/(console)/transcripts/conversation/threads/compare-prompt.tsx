'use client';
import { Button } from '@/components/ui/button';
import { useReading } from '../reading';
import { comparedWith } from '../timeline/turns-index';

/** Opens the prompt beside that of the turn it goes on from. */
export function ComparePrompt({ eventId }: { eventId: string }) {
  const { index, compare } = useReading();
  const place = index?.placeOf(eventId);
  const before = index && place !== undefined ? comparedWith(index, place) : null;
  const beforeId = before === null ? undefined : index?.eventIds[before];
  if (!compare || beforeId === undefined) return null;
  return (
    <Button size="sm" variant="ghost" onClick={() => compare(beforeId, eventId)}>
      Compare prompt
    </Button>
  );
}
