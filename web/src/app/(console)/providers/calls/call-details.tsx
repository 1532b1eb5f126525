'use client';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyId } from '@/components/ui/copy-button';
import { Drawer } from '@/components/ui/drawer';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { exactTime } from '@/format';
import { useData } from '@/graphql/use-data';
import { CallFacts } from './call-facts';
import { CALL } from './queries';
import { RatingTable } from './rating-table';
import { alterationText } from './wording';

export interface CallDrawerProps {
  /** null = closed. */
  eventId: string | null;
  onClose: () => void;
}

/** Everything that was recorded of one call. */
export function CallDetails({ eventId, onClose }: CallDrawerProps) {
  const { data, problem, refetch } = useData(CALL, { eventId: eventId ?? '' }, { pause: eventId === null });
  const call = data?.call?.eventId === eventId ? data.call : null;
  return (
    <Drawer
      open={eventId !== null}
      onOpenChange={(open) => !open && onClose()}
      title={call ? (call.servedModel ?? call.requestedModel ?? call.endpoint) : 'Call'}
      description={call ? exactTime(call.startedAt) : (eventId ?? '')}
    >
      {call ? (
        <div className="flex flex-col gap-6">
          <CallFacts
            call={call}
            cost={
              <section>
                <h3 className="mb-2 text-base font-semibold">Cost</h3>
                <RatingTable call={call} />
              </section>
            }
          />
          {call.alterations.length > 0 && (
            <section>
              <h3 className="mb-2 font-semibold">What the gateway changed</h3>
              <ul className="flex list-disc flex-col gap-0.5 pl-4 text-table text-ink-2">
                {call.alterations.map((alteration) => (
                  <li key={alteration}>{alterationText(alteration)}.</li>
                ))}
              </ul>
            </section>
          )}
          {call.rawUsage !== null && (
            <CodeBlock
              label="Usage as the upstream sent it"
              maxHeight={280}
              snippets={[{ label: 'Usage as the upstream sent it', code: indented(call.rawUsage) }]}
            />
          )}
          <div className="flex flex-wrap gap-x-6 gap-y-1 text-caption text-ink-3">
            <span className="flex items-center gap-1">
              Call <CopyId value={call.callId} label="Copy call id" />
            </span>
            <span className="flex items-center gap-1">
              Event <CopyId value={call.eventId} label="Copy event id" />
            </span>
          </div>
        </div>
      ) : problem ? (
        <ErrorState title="The call could not be loaded" problem={problem} onRetry={refetch} />
      ) : data && data.call === null ? (
        <EmptyState title="No such call">It is not in this project, or its time of keeping is over.</EmptyState>
      ) : (
        <DrawerSkeleton />
      )}
    </Drawer>
  );
}

/** Numbers keep their digits: the text is only laid out anew when nothing is lost by it. */
function indented(json: string): string {
  try {
    const parsed: unknown = JSON.parse(json);
    return JSON.stringify(parsed) === json.replace(/\s+/g, '') ? JSON.stringify(parsed, null, 2) : json;
  } catch {
    return json;
  }
}

function DrawerSkeleton() {
  return (
    <div className="flex flex-col gap-3" aria-busy="true">
      <span className="sr-only">Loading</span>
      {['w-64', 'w-40', 'w-72', 'w-48', 'w-56', 'w-32', 'w-60', 'w-44'].map((width) => (
        <Skeleton key={width} className={width} />
      ))}
    </div>
  );
}
