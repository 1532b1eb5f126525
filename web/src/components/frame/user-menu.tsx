'use client';
import { ChevronsUpDown, Keyboard, LogOut, Monitor, Moon, Settings2, Sun, UserRound } from 'lucide-react';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, type MenuEntry } from '@/components/ui/menu';
import type { Theme } from '@/preferences/preferences';
import { usePreferences } from '@/preferences/provider';
import { useSignOut } from './use-sign-out';
import { useViewer } from './viewer';

const THEME_ENTRIES = [
  { theme: 'system', label: 'Theme of the system', icon: <Monitor aria-hidden /> },
  { theme: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { theme: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
] as const satisfies readonly { theme: Theme; label: string; icon: unknown }[];

export function UserMenu({ collapsed, onShowKeys }: { collapsed: boolean; onShowKeys: () => void }) {
  const viewer = useViewer();
  const { theme, set } = usePreferences();
  const signOut = useSignOut();
  const entries: MenuEntry[] = [
    { heading: `${viewer.email}, ${viewer.role}` },
    ...THEME_ENTRIES.map(
      (entry): MenuEntry => ({
        label: entry.label,
        icon: entry.icon,
        hint: theme === entry.theme ? 'in use' : undefined,
        onSelect: () => set('theme', entry.theme),
      }),
    ),
    'separator',
    { label: 'Settings', icon: <Settings2 aria-hidden />, href: '/settings' },
    { label: 'Keyboard shortcuts', icon: <Keyboard aria-hidden />, hint: '?', onSelect: onShowKeys },
    'separator',
    { label: 'Sign out', icon: <LogOut aria-hidden />, onSelect: signOut },
  ];
  const trigger = collapsed ? (
    <IconButton label="Account" icon={<UserRound aria-hidden />} />
  ) : (
    <button
      type="button"
      className="flex h-9 w-full items-center gap-2 rounded-md px-2 text-left text-table text-ink-2 hover:bg-pressed hover:text-ink data-popup-open:bg-pressed"
    >
      <UserRound aria-hidden className="size-4 shrink-0" />
      <span className="min-w-0 flex-1 truncate">{viewer.displayName}</span>
      <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-3" />
    </button>
  );
  return <Menu trigger={trigger} entries={entries} align="start" side="top" />;
}
