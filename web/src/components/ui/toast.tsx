'use client';
import { lazy, Suspense, useSyncExternalStore } from 'react';
import type { Problem } from '@/graphql/problem';
import { enqueue, wasEverAsked, watchAsked } from './toast-queue';

const ToastViewport = lazy(() => import('./toast-viewport').then(({ ToastViewport }) => ({ default: ToastViewport })));

/** Says that something happened which the page itself does not show. From anywhere: `toast('Provider disabled')`. */
export function toast(title: string, description?: string): void {
  enqueue({ title, description, type: 'done' });
}

export function toastProblem(title: string, problem: Problem): void {
  const reference = problem.requestId ? ` (request ${problem.requestId})` : '';
  enqueue({ title, description: `${problem.message}${reference}`, type: 'failed', timeout: 0, priority: 'high' });
}

/** Stands once in the page; fetched when there is a first thing to say. */
export function Toaster() {
  const asked = useSyncExternalStore(watchAsked, wasEverAsked, () => false);
  if (!asked) return null;
  return (
    <Suspense>
      <ToastViewport />
    </Suspense>
  );
}
