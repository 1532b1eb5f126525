import { Banner } from '@/components/ui/banner';
import { Button } from '@/components/ui/button';
import type { Change } from '../form/revision';

interface ConflictNoticeProps {
  changes: readonly Change[];
  onTakeTheirs: () => void;
  onKeepMine: () => void;
}

/** Somebody saved first: what they changed, and the two ways on. */
export function ConflictNotice({ changes, onTakeTheirs, onKeepMine }: ConflictNoticeProps) {
  return (
    <Banner tone="attention" title="Somebody else changed this provider meanwhile">
      {changes.length === 0 ? (
        <p>The settings read the same; only the revision rose.</p>
      ) : (
        <dl className="mt-1 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 text-table">
          {changes.map((change) => (
            <div key={change.label} className="contents">
              <dt className="text-ink-2">{change.label}</dt>
              <dd className="min-w-0 break-words text-ink">
                <del className="text-ink-3">{change.before}</del> <span aria-hidden>→</span>{' '}
                <ins className="no-underline">{change.after}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <span className="mt-3 flex flex-wrap gap-2">
        <Button size="sm" onClick={onKeepMine}>
          Keep my edits on top of theirs
        </Button>
        <Button size="sm" onClick={onTakeTheirs}>
          Discard my edits
        </Button>
      </span>
    </Banner>
  );
}
