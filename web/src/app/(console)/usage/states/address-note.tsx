'use client';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import type { UsageState } from '../state/use-usage-state';

/** Says which parts of the address could not be taken as they are, and takes them out of it on demand. */
export function AddressNote({ state: { faults, setParams } }: { state: UsageState }) {
  if (faults.length === 0) return null;
  const names = faults.flatMap((fault) => fault.names);
  return (
    <Banner
      tone="attention"
      className="mb-4"
      title="This address cannot be shown as it is"
      action={
        <Button size="sm" onClick={() => void setParams(Object.fromEntries(names.map((name) => [name, null])))}>
          Remove what is wrong
        </Button>
      }
    >
      <ul>
        {faults.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Banner>
  );
}
