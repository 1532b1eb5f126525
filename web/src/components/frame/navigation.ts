import {
  AppWindow,
  BookText,
  ChartColumn,
  House,
  KeyRound,
  type LucideIcon,
  MessagesSquare,
  Plug,
  ScrollText,
  Settings2,
} from 'lucide-react';

export interface Destination {
  readonly label: string;
  readonly href: string;
  readonly icon: LucideIcon;
  /** Second key after `g`. */
  readonly key: string;
  readonly group?: string;
  /** Other words by which the palette finds it. */
  readonly words?: string;
  /** Shown only to those who hold it. */
  readonly permission?: string;
}

/** In the order of the sidebar. */
export const DESTINATIONS: readonly Destination[] = [
  { label: 'Home', href: '/', icon: House, key: 'h', words: 'meter overview start' },
  { label: 'LLM Providers', href: '/providers', icon: Plug, key: 'p', words: 'proxy url upstream connection model' },
  {
    label: 'Transcripts',
    href: '/transcripts',
    icon: MessagesSquare,
    key: 't',
    words: 'conversations prompts answers messages turns recording trace',
    permission: 'transcript.read',
  },
  {
    label: 'Cost & Usage',
    href: '/usage',
    icon: ChartColumn,
    key: 'c',
    group: 'Governance',
    words: 'spend tokens requests forecast compare change',
  },
  {
    label: 'Ledger',
    href: '/ledger',
    icon: BookText,
    key: 'l',
    group: 'Governance',
    words: 'restatement month close reopen exchange rate currency book reverse correct',
    permission: 'ledger.read',
  },
  {
    label: 'Audit',
    href: '/audit',
    icon: ScrollText,
    key: 'u',
    group: 'Governance',
    words: 'changes history log who',
    permission: 'audit.read',
  },
  { label: 'Apps', href: '/apps', icon: AppWindow, key: 'a', words: 'token application' },
  { label: 'Secrets', href: '/secrets', icon: KeyRound, key: 's', words: 'key credential', permission: 'secret.read' },
  {
    label: 'Settings',
    href: '/settings',
    icon: Settings2,
    key: 'e',
    words: 'members sessions password theme api tokens',
  },
];

export function isCurrent(href: string, pathname: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`);
}
