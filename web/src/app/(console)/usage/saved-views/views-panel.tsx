'use client';
import { Plus, RefreshCw } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useViewer } from '@/components/frame/viewer';
import { Button } from '@/components/ui/button';
import { ProblemNote } from '@/components/ui/error-state';
import { Input } from '@/components/ui/input';
import { Skeleton } from '@/components/ui/skeleton';
import type { Problem } from '@/graphql/problem';
import type { SavedView } from './queries';
import type { ViewAction } from './saved-views';
import { ViewRow } from './view-row';

interface ViewsPanelProps {
  /** undefined = not there yet. */
  views: readonly SavedView[] | undefined;
  problem: Problem | null;
  onRetry: () => void;
  applied: { readonly view: SavedView; readonly isChanged: boolean } | null;
  search: string;
  onClose: () => void;
  onAsk: (action: ViewAction) => void;
  onUpdate: (view: SavedView) => void;
  onShare: (view: SavedView, shared: boolean) => void;
}

const SEARCHABLE_FROM = 8;

/** Those of the viewer first, then what others share. */
export function ViewsPanel(props: ViewsPanelProps) {
  const { views, problem, applied, onAsk } = props;
  const { role } = useViewer();
  const [text, setText] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const mayChange = (view: SavedView) => view.mine || role === 'admin';
  const wanted = text.trim().toLowerCase();
  const fitting = views?.filter(({ name }) => name.toLowerCase().includes(wanted));
  const parts = [
    { title: 'Yours', views: fitting?.filter(({ mine }) => mine) ?? [] },
    { title: 'Shared in the project', views: fitting?.filter(({ mine }) => !mine) ?? [] },
  ].filter((part) => part.views.length > 0);

  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a[data-view]') ?? [])];
    if (links.length === 0) return;
    event.preventDefault();
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    links[(at + step + links.length) % links.length]?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys go from link to link, which all take the Tab key too
    <div className="flex min-h-0 flex-1 flex-col" onKeyDown={move}>
      {views && views.length >= SEARCHABLE_FROM && (
        <div className="border-b border-line p-2">
          <Input
            type="search"
            aria-label="Search views"
            placeholder="Search views"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      )}
      <div ref={list} className="min-h-0 flex-1 overflow-y-auto p-2">
        {problem && !views && (
          <div className="flex flex-col items-start gap-2">
            <ProblemNote problem={problem} />
            <Button size="sm" onClick={props.onRetry}>
              Try again
            </Button>
          </div>
        )}
        {!views && !problem && <Skeleton className="m-2 w-40" />}
        {views?.length === 0 && (
          <p className="px-2 py-1.5 text-table text-ink-2">
            No view yet. A view keeps the range, filters and grouping of this page under a name, for you or for the
            project.
          </p>
        )}
        {views && views.length > 0 && parts.length === 0 && (
          <p className="px-2 py-1.5 text-table text-ink-3">No view is called so.</p>
        )}
        {parts.map((part) => (
          <section key={part.title} aria-label={part.title} className="mb-1 last:mb-0">
            <h3 className="px-2 pt-1 pb-1 text-caption text-ink-3">{part.title}</h3>
            <ul>
              {part.views.map((view) => (
                <ViewRow
                  key={view.id}
                  view={view}
                  isApplied={applied?.view.id === view.id}
                  isChanged={applied?.view.id === view.id && applied.isChanged}
                  mayChange={mayChange(view)}
                  onApply={props.onClose}
                  onAsk={onAsk}
                  onShare={props.onShare}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <div className="flex flex-wrap gap-2 border-t border-line p-2">
        {applied?.isChanged && mayChange(applied.view) && (
          <Button size="sm" icon={<RefreshCw aria-hidden />} onClick={() => props.onUpdate(applied.view)}>
            <span className="max-w-36 truncate">Update “{applied.view.name}”</span>
          </Button>
        )}
        <Button size="sm" icon={<Plus aria-hidden />} onClick={() => onAsk({ kind: 'create' })}>
          Save as new view
        </Button>
      </div>
    </div>
  );
}
