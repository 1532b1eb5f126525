'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useCan } from '@/components/frame/viewer';
import { PageHeader } from '@/components/page/page-header';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { FormFooter } from '@/components/ui/form-footer';
import { Textarea } from '@/components/ui/input';
import { useAction } from '@/graphql/use-action';
import { restatementHref } from '../../href';
import { RefusalNote } from '../detail/refusal-note';
import { PREVIEW_RESTATEMENT } from '../queries';
import { ClosedMonthsNote } from './closed-months-note';
import { FilterFields } from './filter-fields';
import { RangeFields } from './range-fields';
import { Step } from './step';
import { useStart } from './use-start';

const CRUMBS = [{ label: 'Ledger', href: '/ledger' }];
const DESCRIPTION =
  'Rates the calls of a range again with the prices known now, and shows the difference before anything is booked.';

export function NewRestatement({ openedAt }: { openedAt: Date }) {
  const canWrite = useCan('ledger.write');
  return (
    <>
      <PageHeader title="New restatement" crumbs={CRUMBS} description={DESCRIPTION} />
      {canWrite ? (
        <StartForm openedAt={openedAt} />
      ) : (
        <EmptyState
          title="Restating is for admins and finance"
          action={<ButtonLink href="/ledger">All restatements</ButtonLink>}
        >
          You can read every restatement and its figures. Ask an admin of this project for the role that makes them.
        </EmptyState>
      )}
    </>
  );
}

function StartForm({ openedAt }: { openedAt: Date }) {
  const router = useRouter();
  const start = useStart(openedAt);
  const [reason, setReason] = useState(start.params.reason);
  const preview = useAction(PREVIEW_RESTATEMENT);
  const { range, problem: rangeProblem } = start;
  const missing = [...(range ? [] : ['a valid range']), ...(reason.trim() === '' ? ['why'] : [])];
  const submit = async () => {
    if (!range) return;
    const { providers, models, apps, environments, unpricedOnly } = start.params;
    const answer = await preview.run({
      input: {
        from: range.from.toISOString(),
        to: range.to.toISOString(),
        filter: { providers, models, apps, environments, unpricedOnly },
        reason: reason.trim(),
      },
    });
    if (answer) router.push(restatementHref(answer.previewRestatement.id));
  };
  return (
    <form
      className="flex flex-col gap-8"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing.length === 0 && !preview.running) void submit();
      }}
    >
      <Step number={1} title="Which calls">
        <RangeFields start={start} problem={rangeProblem} />
        <FilterFields start={start} />
        {range && <ClosedMonthsNote range={range} />}
      </Step>
      <Step number={2} title="Why">
        <Field
          label="Reason"
          required
          help="Stands beside every entry it writes, and in the receipt of every call it changes."
        >
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              value={reason}
              placeholder="For example: the contract rate of gpt-4o counts from 1 November"
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </Step>
      <Step number={3} title="Preview">
        <p className="text-ink-2">
          Every call in range is rated again and compared with what is booked. Nothing is written to the ledger until
          you have seen the difference and booked it.
        </p>
        {preview.problem && <RefusalNote problem={preview.problem} />}
        <FormFooter submitLabel="Preview the difference" missing={missing} running={preview.running} />
      </Step>
    </form>
  );
}
