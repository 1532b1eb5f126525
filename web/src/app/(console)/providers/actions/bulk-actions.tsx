'use client';
import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import type { ProviderRow } from '../columns';
import { ConfirmBulk } from './confirm-bulk';

/** Switches all ticked providers on or off, after saying what that does. */
export function BulkActions({ selected, onDone }: { selected: readonly ProviderRow[]; onDone: () => void }) {
  const [enabling, setEnabling] = useState<boolean | null>(null);
  const enabled = selected.filter((row) => row.enabled);
  const disabled = selected.filter((row) => !row.enabled);
  return (
    <>
      <Button size="sm" icon={<Play aria-hidden />} disabled={disabled.length === 0} onClick={() => setEnabling(true)}>
        Enable
      </Button>
      <Button size="sm" icon={<Pause aria-hidden />} disabled={enabled.length === 0} onClick={() => setEnabling(false)}>
        Disable
      </Button>
      <ConfirmBulk
        open={enabling !== null}
        enabling={enabling ?? false}
        providers={enabling ? disabled : enabled}
        onClose={() => setEnabling(null)}
        onDone={onDone}
      />
    </>
  );
}
