'use client';
import { Download, Ellipsis, Trash2 } from 'lucide-react';
import { useCan } from '@/components/frame/viewer';
import { Dialog } from '@/components/ui/dialog';
import { ProblemNote } from '@/components/ui/error-state';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, type MenuEntry } from '@/components/ui/menu';
import { FORMS, useExport } from '../export/use-export';

/** What may be done with a conversation as a whole. */
export function ConversationMenu({ id }: { id: string }) {
  const [mayDelete, mayRead] = [useCan('transcript.delete'), useCan('transcript_body.read')];
  const { start, problem, reset } = useExport();
  const exports: MenuEntry[] = FORMS.map(({ form, label }) => ({
    label,
    icon: <Download aria-hidden />,
    onSelect: () => void start({ form, conversationId: id }),
  }));
  const href = `/transcripts/deletions/new?conversation=${id}`;
  const entries: MenuEntry[] = [
    ...(mayRead ? [{ heading: 'Export as JSONL' }, ...exports] : []),
    ...(mayRead && mayDelete ? (['separator'] as const) : []),
    ...(mayDelete ? [{ label: 'Delete…', icon: <Trash2 aria-hidden />, href, danger: true }] : []),
  ];
  if (entries.length === 0) return null;
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton label="More about this conversation" icon={<Ellipsis aria-hidden />} />}
        entries={entries}
      />
      <Dialog open={problem !== null} onOpenChange={reset} title="The export could not begin" width="sm">
        {problem && <ProblemNote problem={problem} />}
      </Dialog>
    </>
  );
}
