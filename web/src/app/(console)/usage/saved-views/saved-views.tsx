'use client';
import { Bookmark, ChevronDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';
import { toast, toastProblem } from '@/components/ui/toast';
import { useAction } from '@/graphql/use-action';
import { useData } from '@/graphql/use-data';
import { OF_VIEWS, SAVED_VIEWS, type SavedView, UPDATE_SAVED_VIEW } from './queries';
import { appliedView, viewHref, viewQuery } from './query';
import { ViewsPanel } from './views-panel';

const ViewDialog = lazy(() => import('./view-dialog').then((room) => ({ default: room.ViewDialog })));
const DeleteView = lazy(() => import('./delete-view').then((room) => ({ default: room.DeleteView })));

export type ViewAction = { readonly kind: 'create' } | { readonly kind: 'edit' | 'delete'; readonly view: SavedView };

/**
 * What a person keeps of Cost & Usage, and what the project shares.
 * @param search of the page's address as it stands, with or without `?`
 */
export function SavedViews({ search }: { search: string }) {
  const router = useRouter();
  const views = useData(SAVED_VIEWS, {}, { lists: OF_VIEWS.additionalTypenames });
  const update = useAction(UPDATE_SAVED_VIEW);
  const [isOpen, setOpen] = useState(false);
  const [action, setAction] = useState<ViewAction | null>(null);
  const applied = appliedView(views.data?.savedViews ?? [], search);

  const ask = (next: ViewAction) => {
    setOpen(false);
    setAction(next);
  };
  const change = async (view: SavedView, to: Partial<SavedView>, done: string) => {
    setOpen(false);
    const { name, query, shared } = { ...view, ...to };
    const answer = await update.run({ id: view.id, input: { name, query, shared } }, OF_VIEWS);
    if (answer) toast(done);
  };
  useEffect(() => {
    if (update.problem) toastProblem('The view was not changed', update.problem);
  }, [update.problem]);

  return (
    <>
      <Popover
        label="Saved views"
        align="end"
        className="flex max-h-[min(70dvh,560px)] w-[min(352px,calc(100vw-24px))] flex-col p-0"
        open={isOpen}
        onOpenChange={setOpen}
        trigger={
          <Button icon={<Bookmark aria-hidden />} className="max-w-64 max-sm:max-w-44">
            <span className="min-w-0 truncate">{applied?.view.name ?? 'Views'}</span>
            {applied?.isChanged && <Badge tone="accent">changed</Badge>}
            <ChevronDown aria-hidden className="-mr-1 !size-3.5 text-ink-3" />
          </Button>
        }
      >
        {/* Not fetched when it opens: the focus goes to what stands in it at that moment. */}
        <ViewsPanel
          views={views.data?.savedViews}
          problem={views.problem}
          onRetry={views.refetch}
          applied={applied}
          search={search}
          onClose={() => setOpen(false)}
          onAsk={ask}
          onUpdate={(view) => void change(view, { query: viewQuery(search) }, `${view.name} shows this now`)}
          onShare={(view, shared) =>
            void change(
              view,
              { shared },
              shared ? `${view.name} is shared in the project` : `${view.name} is yours alone`,
            )
          }
        />
      </Popover>
      <Suspense>
        {(action?.kind === 'create' || action?.kind === 'edit') && (
          <ViewDialog
            view={action.kind === 'edit' ? action.view : null}
            query={viewQuery(search)}
            onClose={() => setAction(null)}
            onCreated={(view) => router.replace(viewHref(view), { scroll: false })}
          />
        )}
        {action?.kind === 'delete' && <DeleteView view={action.view} onClose={() => setAction(null)} />}
      </Suspense>
    </>
  );
}
