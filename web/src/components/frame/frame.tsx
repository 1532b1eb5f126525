'use client';
import { Menu as MenuIcon, Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { Drawer } from '@/components/ui/drawer';
import { IconButton } from '@/components/ui/icon-button';
import { Link } from '@/components/ui/link';
import { usePreferences } from '@/preferences/provider';
import { Wordmark } from './mark';
import { Sidebar } from './sidebar';
import { Silence } from './silence';
import { useShortcuts } from './use-shortcuts';
import { useViewer } from './viewer';

const CommandPalette = dynamic(() => import('./command-palette').then((room) => room.CommandPalette), { ssr: false });
const KeysDialog = dynamic(() => import('./keys-dialog').then((room) => room.KeysDialog), { ssr: false });

/** What stands around every page of the console. */
export function Frame({ children }: { children: ReactNode }) {
  const { sidebar, set } = usePreferences();
  const [shown, setShown] = useState<'palette' | 'keys' | 'drawer' | null>(null);
  const collapsed = sidebar === 'collapsed';
  useShortcuts({
    onPalette: () => setShown('palette'),
    onKeys: () => setShown('keys'),
    onToggleSidebar: () => set('sidebar', collapsed ? 'open' : 'collapsed'),
  });
  const close = () => setShown(null);
  const actions = { onSearch: () => setShown('palette'), onShowKeys: () => setShown('keys') };

  return (
    <div className="flex min-h-dvh max-md:flex-col">
      <a
        href="#content"
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <aside
        aria-label="Sidebar"
        className={cn(
          'sticky top-0 hidden h-dvh shrink-0 overflow-x-clip overflow-y-auto border-r border-line bg-sunken md:block print:hidden',
          collapsed ? 'w-[49px]' : 'w-sidebar',
        )}
      >
        <Sidebar collapsed={collapsed} {...actions} />
      </aside>
      <TopBar onMenu={() => setShown('drawer')} onSearch={actions.onSearch} />
      <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
        {children}
        <Silence />
      </main>

      <Drawer
        open={shown === 'drawer'}
        onOpenChange={close}
        title="Menu"
        side="left"
        bare
        className="w-sidebar md:hidden"
      >
        <Sidebar collapsed={false} onNavigate={close} {...actions} />
      </Drawer>
      {shown === 'palette' && <CommandPalette onClose={close} onShowKeys={actions.onShowKeys} />}
      {shown === 'keys' && <KeysDialog onClose={close} />}
    </div>
  );
}

function TopBar({ onMenu, onSearch }: { onMenu: () => void; onSearch: () => void }) {
  const { project } = useViewer();
  return (
    <header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-b border-line bg-canvas px-2 md:hidden print:hidden">
      <IconButton label="Menu" icon={<MenuIcon aria-hidden />} onClick={onMenu} />
      <Link href="/" aria-label="Weir, home" className="flex rounded-sm">
        <Wordmark />
      </Link>
      <span className="min-w-0 flex-1 truncate text-table text-ink-3">{project.displayName}</span>
      <IconButton label="Search and go to" icon={<Search aria-hidden />} onClick={onSearch} />
    </header>
  );
}
