'use client';
import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { DESTINATIONS } from './navigation';

const GENERAL = [
  { label: 'Search and go to anything', keys: ['Ctrl', 'K'] },
  { label: 'Search on this page', keys: ['/'] },
  { label: 'Collapse or expand the sidebar', keys: ['['] },
  { label: 'Show these keys', keys: ['?'] },
];
const CHARTS = [
  { label: 'Bucket before or after', keys: ['←', '→'] },
  { label: 'First or last bucket', keys: ['Home', 'End'] },
];

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const places = DESTINATIONS.map(({ label, key }) => ({ label, keys: ['g', key] }));
  return (
    <Dialog open onOpenChange={onClose} title="Keyboard shortcuts" width="md">
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        <div className="flex flex-col gap-5">
          <KeyList title="Everywhere" entries={GENERAL} />
          <KeyList title="In a chart" entries={CHARTS} />
        </div>
        <KeyList title="Go to" entries={places} />
      </div>
    </Dialog>
  );
}

function KeyList({
  title,
  entries,
}: {
  title: string;
  entries: readonly { label: string; keys: readonly string[] }[];
}) {
  return (
    <section>
      <h3 className="mb-1 text-caption text-ink-3">{title}</h3>
      <ul>
        {entries.map((entry) => (
          <li key={entry.label} className="flex min-h-8 items-center justify-between gap-3 text-table">
            {entry.label}
            <Kbd keys={entry.keys} />
          </li>
        ))}
      </ul>
    </section>
  );
}
