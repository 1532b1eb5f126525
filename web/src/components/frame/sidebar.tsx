'use client';
import { PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/icon-button';
import { Kbd } from '@/components/ui/kbd';
import { Link } from '@/components/ui/link';
import { Tooltip } from '@/components/ui/tooltip';
import { usePreferences } from '@/preferences/provider';
import { Wordmark } from './mark';
import { DESTINATIONS, type Destination, isCurrent } from './navigation';
import { UserMenu } from './user-menu';
import { useViewer } from './viewer';

interface SidebarProps {
  collapsed: boolean;
  onSearch: () => void;
  onShowKeys: () => void;
  /** In the drawer of a narrow screen, a chosen entry closes it and nothing collapses. */
  onNavigate?: () => void;
}

export function Sidebar({ collapsed, onSearch, onShowKeys, onNavigate }: SidebarProps) {
  const { set } = usePreferences();
  const { project } = useViewer();
  const inDrawer = onNavigate !== undefined;
  return (
    <div className="flex h-full flex-col bg-sunken">
      <div
        className={cn(
          'flex h-12 shrink-0 items-center justify-between',
          collapsed ? 'justify-center px-2' : 'pr-2 pl-4',
        )}
      >
        <Link href="/" onClick={onNavigate} className="flex rounded-sm" aria-label="Weir, home">
          <Wordmark markOnly={collapsed} />
        </Link>
        {!collapsed && !inDrawer && (
          <IconButton
            size="sm"
            label="Collapse sidebar"
            keys={['[']}
            icon={<PanelLeftClose aria-hidden />}
            onClick={() => set('sidebar', 'collapsed')}
          />
        )}
      </div>
      {!collapsed && (
        <div className="truncate px-4 pb-2 text-table text-ink-2" title={`Project ${project.name}`}>
          <span className="sr-only">Project </span>
          {project.displayName}
        </div>
      )}
      <div className="px-2 pb-2">
        <SearchButton collapsed={collapsed} hasKeyboard={!inDrawer} onClick={onSearch} />
      </div>
      <Destinations collapsed={collapsed} onNavigate={onNavigate} />
      <div className="flex-1" />
      <div className={cn('flex flex-col gap-1 p-2', collapsed && 'items-center')}>
        {collapsed && (
          <IconButton
            label="Expand sidebar"
            keys={['[']}
            icon={<PanelLeftOpen aria-hidden />}
            onClick={() => set('sidebar', 'open')}
          />
        )}
        <UserMenu collapsed={collapsed} onShowKeys={onShowKeys} />
      </div>
    </div>
  );
}

interface SearchButtonProps {
  collapsed: boolean;
  hasKeyboard: boolean;
  onClick: () => void;
}

function SearchButton({ collapsed, hasKeyboard, onClick }: SearchButtonProps) {
  if (collapsed) {
    return <IconButton label="Search and go to" keys={['Ctrl', 'K']} icon={<Search aria-hidden />} onClick={onClick} />;
  }
  return (
    <button
      type="button"
      onClick={onClick}
      aria-keyshortcuts="Control+K Meta+K"
      className="flex h-8 w-full items-center gap-2 rounded-md border border-line-2 bg-canvas px-2 text-table text-ink-3 hover:border-edge"
    >
      <Search aria-hidden className="size-3.5" />
      <span className="flex-1 text-left">Search</span>
      {hasKeyboard && <Kbd keys={['Ctrl', 'K']} />}
    </button>
  );
}

function Destinations({ collapsed, onNavigate }: { collapsed: boolean; onNavigate: (() => void) | undefined }) {
  const pathname = usePathname();
  const { permissions } = useViewer();
  const shown = DESTINATIONS.filter(({ permission }) => !permission || permissions.includes(permission));
  return (
    <nav aria-label="Main">
      <ul className="flex flex-col gap-0.5 px-2">
        {shown.map((destination, index) => (
          <li key={destination.href}>
            {destination.group && destination.group !== shown[index - 1]?.group && !collapsed && (
              <div className="px-2 pt-3 pb-1 text-caption text-ink-3">{destination.group}</div>
            )}
            {!destination.group && shown[index - 1]?.group && !collapsed && <div className="h-3" />}
            <Entry
              destination={destination}
              current={isCurrent(destination.href, pathname)}
              collapsed={collapsed}
              onNavigate={onNavigate}
            />
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface EntryProps {
  destination: Destination;
  current: boolean;
  collapsed: boolean;
  onNavigate: (() => void) | undefined;
}

function Entry({ destination: { label, href, icon: Icon, key }, current, collapsed, onNavigate }: EntryProps) {
  const link = (
    <Link
      href={href}
      onClick={onNavigate}
      aria-current={current ? 'page' : undefined}
      className={cn(
        'flex h-8 items-center gap-2.5 rounded-md px-2 text-ink-2 hover:bg-pressed hover:text-ink aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-ink [&_svg]:size-4 [&_svg]:shrink-0 aria-[current=page]:[&_svg]:text-accent',
        collapsed && 'w-8 justify-center px-0',
      )}
    >
      <Icon aria-hidden />
      <span className={collapsed ? 'sr-only' : 'truncate'}>{label}</span>
    </Link>
  );
  if (!collapsed) return link;
  return (
    <Tooltip content={label} keys={['g', key]} side="right">
      {link}
    </Tooltip>
  );
}
