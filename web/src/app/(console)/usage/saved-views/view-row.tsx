'use client';
import { Check, Ellipsis, Link2, Lock, Pencil, Trash2, Users } from 'lucide-react';
import { useViewer } from '@/components/frame/viewer';
import { copyText } from '@/components/ui/copy-button';
import { IconButton } from '@/components/ui/icon-button';
import { Link } from '@/components/ui/link';
import { Menu, type MenuEntry } from '@/components/ui/menu';
import { toast } from '@/components/ui/toast';
import type { SavedView } from './queries';
import { viewHref } from './query';
import type { ViewAction } from './saved-views';

interface ViewRowProps {
  view: SavedView;
  isApplied: boolean;
  isChanged: boolean;
  /** Its owner, or an admin. */
  mayChange: boolean;
  onApply: () => void;
  onAsk: (action: ViewAction) => void;
  onShare: (view: SavedView, shared: boolean) => void;
}

export function ViewRow({ view, isApplied, isChanged, mayChange, onApply, onAsk, onShare }: ViewRowProps) {
  const mayShare = useViewer().role !== 'viewer';
  const copyLink = async () => {
    await copyText(new URL(viewHref(view), window.location.href).href);
    toast('Link copied', view.shared ? undefined : 'It shows the same figures to others; the view itself stays yours.');
  };
  const entries: MenuEntry[] = [
    { label: 'Copy link', icon: <Link2 aria-hidden />, onSelect: () => void copyLink() },
    ...(mayChange
      ? ([
          { label: 'Rename', icon: <Pencil aria-hidden />, onSelect: () => onAsk({ kind: 'edit', view }) },
          ...(view.shared
            ? [{ label: 'Stop sharing', icon: <Lock aria-hidden />, onSelect: () => onShare(view, false) }]
            : mayShare
              ? [{ label: 'Share in the project', icon: <Users aria-hidden />, onSelect: () => onShare(view, true) }]
              : []),
          'separator',
          {
            label: 'Delete',
            icon: <Trash2 aria-hidden />,
            danger: true,
            onSelect: () => onAsk({ kind: 'delete', view }),
          },
        ] satisfies MenuEntry[])
      : []),
  ];
  const remark = [
    view.mine ? (view.shared ? 'shared' : null) : `by ${view.ownerName}`,
    isChanged ? 'changed on screen' : null,
  ].filter((text) => text !== null);
  return (
    <li className="group/view flex items-center rounded-sm hover:bg-hover focus-within:bg-hover">
      <Link
        data-view
        href={viewHref(view)}
        scroll={false}
        onClick={onApply}
        aria-current={isApplied ? 'true' : undefined}
        className="focus-inside flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded-sm px-2 py-1"
      >
        <Check aria-hidden className={isApplied ? 'size-3.5 shrink-0 text-accent' : 'size-3.5 shrink-0 opacity-0'} />
        <span className="min-w-0 flex-1">
          <span className="block truncate" title={view.name}>
            {view.name}
          </span>
          {remark.length > 0 && <span className="block truncate text-caption text-ink-3">{remark.join(' · ')}</span>}
        </span>
      </Link>
      <Menu
        trigger={
          <IconButton size="sm" className="mr-1" label={`More of ${view.name}`} icon={<Ellipsis aria-hidden />} />
        }
        entries={entries}
      />
    </li>
  );
}
