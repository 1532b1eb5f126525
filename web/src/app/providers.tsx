'use client';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactNode } from 'react';
import { ToastProvider } from '@/components/ui/toast';
import { GraphQLProvider } from '@/graphql/client';
import type { Preferences } from '@/preferences/preferences';
import { PreferencesProvider } from '@/preferences/provider';

interface ProvidersProps {
  preferences: Preferences;
  nonce: string | undefined;
  children: ReactNode;
}

export function Providers({ preferences, nonce, children }: ProvidersProps) {
  return (
    <CSPProvider nonce={nonce}>
      <PreferencesProvider initial={preferences}>
        <GraphQLProvider>
          <Tooltip.Provider delay={400} closeDelay={0}>
            <ToastProvider>{children}</ToastProvider>
          </Tooltip.Provider>
        </GraphQLProvider>
      </PreferencesProvider>
    </CSPProvider>
  );
}
