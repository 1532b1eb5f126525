import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

/** The body of a screen: data pages take the whole width, forms stop at 720 px. */
export function Page({ form = false, children }: { form?: boolean; children: ReactNode }) {
  return <div className={cn('px-4 pt-5 pb-16 sm:px-6 lg:px-8', form && 'max-w-[784px]')}>{children}</div>;
}
