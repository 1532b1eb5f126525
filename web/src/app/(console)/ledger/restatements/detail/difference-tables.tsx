import { Section } from '@/components/ui/section';
import { bucketLabel } from '../../../providers/models/buckets';
import type { Difference } from '../queries';
import { DifferenceTable } from './difference-table';

interface DifferenceTablesProps {
  /** null = not known yet. */
  difference: Difference | null;
  isBooked: boolean;
}

/** Where the difference comes from, three times the same sum. */
export function DifferenceTables({ difference, isBooked }: DifferenceTablesProps) {
  const verb = isBooked ? 'Booked' : 'Previewed';
  return (
    <div className="flex min-w-0 flex-col gap-8">
      <Section title="By provider" className="border-t-0 pt-0">
        <DifferenceTable
          label={`${verb} difference by provider`}
          header="Provider"
          lines={difference?.byProvider}
          nameOf={(key) => <span className="font-mono text-caption">{key}</span>}
        />
      </Section>
      <Section title="By model" className="border-t-0 pt-0">
        <DifferenceTable
          label={`${verb} difference by model`}
          header="Model"
          lines={difference?.byModel}
          nameOf={(key) => <span className="font-mono text-caption">{key}</span>}
        />
      </Section>
      <Section title="By bucket" className="border-t-0 pt-0">
        <DifferenceTable
          label={`${verb} difference by bucket`}
          header="Bucket"
          lines={difference?.byBucket}
          nameOf={(key) => bucketLabel(key)}
        />
      </Section>
    </div>
  );
}
