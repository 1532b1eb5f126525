import { PageHeader } from '@/components/page/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { DifferenceFigures } from './difference-figures';
import { DifferenceTables } from './difference-tables';

/** The page in its final shape while nothing of it is known. */
export function DetailSkeleton() {
  return (
    <div aria-busy>
      <PageHeader
        crumbs={[{ label: 'Ledger', href: '/ledger' }]}
        title="Restatement"
        description={<Skeleton className="my-[3px] w-72" />}
      />
      <DifferenceFigures preview={null} booked={null} />
      <DifferenceTables difference={null} isBooked={false} />
    </div>
  );
}
