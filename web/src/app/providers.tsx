'use client';
import { CSPProvider } from '@base-ui/react/csp-provider';
import type { ReactNode } from 'react';
import { Toaster } from '@/components/ui/toast';
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
          {children}
          <Toaster />
        </GraphQLProvider>
      </PreferencesProvider>
    </CSPProvider>
  );
}
