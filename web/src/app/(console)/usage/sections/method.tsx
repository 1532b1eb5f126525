'use client';
import { Info } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';

/** How figures were worked out that no ledger holds. */
export function Method({ text, of }: { text: string; of: string }) {
  return (
    <Popover
      label={`How ${of} was computed`}
      align="end"
      className="w-[min(420px,calc(100vw-32px))] text-table text-ink-2"
      trigger={
        <Button size="sm" variant="ghost" icon={<Info aria-hidden />}>
          How this is computed
        </Button>
      }
    >
      {text}
    </Popover>
  );
}
