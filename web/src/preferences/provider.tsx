'use client';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { cookieFor, type Preferences } from './preferences';

interface PreferencesControl extends Preferences {
  set<K extends keyof Preferences>(name: K, value: Preferences[K]): void;
}

const Context = createContext<PreferencesControl | null>(null);

export function PreferencesProvider({ initial, children }: { initial: Preferences; children: ReactNode }) {
  const [preferences, setPreferences] = useState(initial);
  const set = useCallback(<K extends keyof Preferences>(name: K, value: Preferences[K]) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari before 18.4.
    document.cookie = cookieFor(name, value);
    if (name !== 'sidebar') document.documentElement.setAttribute(`data-${name}`, value);
    setPreferences((current) => ({ ...current, [name]: value }));
  }, []);
  const control = useMemo(() => ({ ...preferences, set }), [preferences, set]);
  return <Context value={control}>{children}</Context>;
}

export function usePreferences(): PreferencesControl {
  const control = useContext(Context);
  if (!control) throw new Error('usePreferences needs <PreferencesProvider>');
  return control;
}
