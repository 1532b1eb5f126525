import { ChartColumn, Copy, Link2, Pause, Pencil, Play, Trash2 } from 'lucide-react';
import { copyText } from '@/components/ui/copy-button';
import type { MenuEntry } from '@/components/ui/menu';
import { toast } from '@/components/ui/toast';
import { usageHref } from '../../usage/href';
import type { ProviderRow } from '../columns';

interface Changes {
  readonly setDisabling: (row: ProviderRow) => void;
  readonly setDeleting: (row: ProviderRow) => void;
  readonly enable: (row: ProviderRow) => Promise<void>;
}

/** What can be done with one row; `changes` is null for who may only look. */
export function providerMenu(row: ProviderRow, changes: Changes | null): readonly MenuEntry[] {
  const copies: MenuEntry[] = [
    {
      label: 'View in Cost & Usage',
      icon: <ChartColumn aria-hidden />,
      href: usageHref({ range: '7d', groupBy: 'model', providers: [row.name] }),
    },
    { label: 'Copy proxy URL', icon: <Copy aria-hidden />, onSelect: () => void copy('Proxy URL', row.proxyUrl) },
    { label: 'Copy base URL', icon: <Link2 aria-hidden />, onSelect: () => void copy('Base URL', row.baseUrl) },
  ];
  if (!changes) return copies;
  return [
    ...copies,
    'separator',
    { label: 'Edit', icon: <Pencil aria-hidden />, href: `/providers/${row.name}?tab=settings` },
    row.enabled
      ? { label: 'Disable', icon: <Pause aria-hidden />, onSelect: () => changes.setDisabling(row) }
      : { label: 'Enable', icon: <Play aria-hidden />, onSelect: () => void changes.enable(row) },
    'separator',
    { label: 'Delete', icon: <Trash2 aria-hidden />, danger: true, onSelect: () => changes.setDeleting(row) },
  ];
}

async function copy(what: string, text: string): Promise<void> {
  await copyText(text);
  toast(`${what} copied`, text);
}
