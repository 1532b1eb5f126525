'use client';
import { useRouter } from 'next/navigation';
import { useCan } from '@/components/frame/viewer';
import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/error-state';
import { plural } from '@/format';
import { useAction } from '@/graphql/use-action';
import type { UnpricedRow } from './columns';
import { PREVIEW_BACKLOG } from './queries';

/** A price was set for calls that came before it: they get it by a restatement, which is looked at before it is booked. */
export function Backlog({ row, onDismiss }: { row: UnpricedRow; onDismiss: () => void }) {
  const router = useRouter();
  const canRestate = useCan('ledger.write');
  const preview = useAction(PREVIEW_BACKLOG);
  const rate = async () => {
    const answer = await preview.run({
      input: {
        from: row.firstAt,
        to: new Date().toISOString(),
        filter: { providers: [row.provider], models: [row.model], unpricedOnly: true },
        reason: `A price was set for ${row.model} on ${row.provider}; its unpriced calls are rated with it.`,
      },
    });
    if (answer) router.push(`/restatements/${answer.previewRestatement.id}`);
  };
  return (
    <div role="status" className="mb-6 flex flex-col gap-2">
      <Banner
        title={
          <>
            <span className="font-mono text-table break-all">{row.model}</span> has a price now
          </>
        }
        action={
          <span className="flex flex-wrap gap-2">
            {canRestate && (
              <Button size="sm" variant="primary" loading={preview.running} onClick={() => void rate()}>
                Rate the backlog
              </Button>
            )}
            <Button size="sm" variant="ghost" onClick={onDismiss}>
              Not now
            </Button>
          </span>
        }
      >
        {canRestate
          ? `Its ${plural(row.calls, 'earlier call')} stay unpriced until they are rated again. You see the difference before anything is booked.`
          : `Its ${plural(row.calls, 'earlier call')} stay unpriced until somebody with the right to restate rates them again.`}
      </Banner>
      {preview.problem && <ProblemNote problem={preview.problem} />}
    </div>
  );
}
