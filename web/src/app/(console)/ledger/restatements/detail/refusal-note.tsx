import { Banner } from '@/components/ui/banner';
import { ProblemNote } from '@/components/ui/error-state';
import { Link } from '@/components/ui/link';
import type { Problem } from '@/graphql/problem';

/** A refusal with its remedy, where there is one: a closed month is reopened on purpose. */
export function RefusalNote({ problem }: { problem: Problem }) {
  if (problem.code !== 'MONTH_CLOSED') return <ProblemNote problem={problem} />;
  return (
    <div role="alert">
      <Banner tone="attention" title="The range touches a closed month">
        {problem.message}{' '}
        <Link href="/ledger?tab=months" className="text-accent underline">
          Reopen it under Months
        </Link>{' '}
        with a reason, then come back.
      </Banner>
    </div>
  );
}
