'use client';
import { createContext, type ReactNode, useContext } from 'react';

export interface Viewer {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly role: 'admin' | 'finance' | 'engineer' | 'viewer';
  readonly project: { readonly name: string; readonly displayName: string };
  readonly permissions: readonly string[];
}

const Context = createContext<Viewer | null>(null);

export function ViewerProvider({ viewer, children }: { viewer: Viewer; children: ReactNode }) {
  return <Context value={viewer}>{children}</Context>;
}

export function useViewer(): Viewer {
  const viewer = useContext(Context);
  if (!viewer) throw new Error('useViewer needs a page inside the console');
  return viewer;
}

/** Whether to offer an action, for example `provider.write`. The control plane decides again when it is used. */
export function useCan(permission: string): boolean {
  return useViewer().permissions.includes(permission);
}
