'use client';
import {
  AppWindow,
  Bookmark,
  FileDown,
  Keyboard,
  LogOut,
  Monitor,
  Moon,
  Plug,
  Plus,
  Rows3,
  SquareTerminal,
  Sun,
} from 'lucide-react';
import { useMemo } from 'react';
import { graphql } from '@/graphql/graphql';
import { useData } from '@/graphql/use-data';
import { usePreferences } from '@/preferences/provider';
import type { Command } from './command';
import { DESTINATIONS } from './navigation';
import { useSignOut } from './use-sign-out';
import { useViewer } from './viewer';

const NAMES = graphql(`
  query PaletteNames {
    providers(first: 100) {
      nodes {
        name
        displayName
      }
    }
    apps {
      id
      name
    }
    savedViews {
      id
      name
      query
      ownerName
      mine
    }
  }
`);

/** Everything the palette can do for this viewer. */
export function useCommands({ onShowKeys }: { onShowKeys: () => void }): readonly Command[] {
  const { permissions } = useViewer();
  const { density, set } = usePreferences();
  const signOut = useSignOut();
  const { data } = useData(NAMES, {});

  return useMemo(() => {
    const can = (permission: string) => permissions.includes(permission);
    const places = DESTINATIONS.filter(({ permission }) => !permission || can(permission)).map(
      ({ label, href, icon, key, words }): Command => ({
        id: href,
        group: 'Go to',
        label,
        icon,
        href,
        keys: ['g', key],
        ...(words === undefined ? {} : { words }),
      }),
    );
    const providers = (data?.providers.nodes ?? []).map(
      ({ name, displayName }): Command => ({
        id: `provider/${name}`,
        group: 'Providers',
        label: displayName,
        detail: name,
        icon: Plug,
        href: `/providers/${name}`,
      }),
    );
    const apps = (data?.apps ?? []).map(
      ({ id, name }): Command => ({
        id: `app/${id}`,
        group: 'Apps',
        label: name,
        icon: AppWindow,
        href: `/apps/${id}`,
      }),
    );
    const views = (data?.savedViews ?? []).map(
      ({ id, name, query, ownerName, mine }): Command => ({
        id: `view/${id}`,
        group: 'Saved views',
        label: name,
        words: `view cost usage ${mine ? '' : ownerName}`,
        icon: Bookmark,
        href: `/usage?${[query, `saved=${id}`].filter((part) => part !== '').join('&')}`,
      }),
    );
    const usage: Command[] = [
      {
        id: 'reports',
        group: 'Go to',
        label: 'Full reports',
        words: 'cost usage csv parquet download export recent',
        icon: FileDown,
        href: '/usage?report=recent',
      },
      ...(can('api_token.read')
        ? [
            {
              id: 'api-tokens',
              group: 'Go to',
              label: 'API tokens',
              words: 'settings read script graphql curl',
              icon: SquareTerminal,
              href: '/settings?tab=api-tokens',
            },
          ]
        : []),
    ];
    const actions: Command[] = [
      ...(can('provider.write')
        ? [{ id: 'new-provider', group: 'Actions', label: 'Create provider', icon: Plus, href: '/providers/new' }]
        : []),
      {
        id: 'density',
        group: 'Actions',
        label: density === 'compact' ? 'Comfortable rows' : 'Compact rows',
        words: 'density',
        icon: Rows3,
        onRun: () => set('density', density === 'compact' ? 'comfortable' : 'compact'),
      },
      { id: 'theme-light', group: 'Actions', label: 'Light theme', icon: Sun, onRun: () => set('theme', 'light') },
      { id: 'theme-dark', group: 'Actions', label: 'Dark theme', icon: Moon, onRun: () => set('theme', 'dark') },
      {
        id: 'theme-system',
        group: 'Actions',
        label: 'Theme of the system',
        icon: Monitor,
        onRun: () => set('theme', 'system'),
      },
      { id: 'keys', group: 'Actions', label: 'Keyboard shortcuts', icon: Keyboard, onRun: onShowKeys, keys: ['?'] },
      { id: 'sign-out', group: 'Actions', label: 'Sign out', icon: LogOut, onRun: signOut },
    ];
    return [...places, ...usage, ...views, ...providers, ...apps, ...actions];
  }, [permissions, data, density, set, signOut, onShowKeys]);
}
