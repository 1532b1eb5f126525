import type { ReactNode } from 'react';
import { Wordmark } from '@/components/frame/mark';

/** The screens before sign-in: the mark, one form, nothing else. */
export default function EntryLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto w-full max-w-[400px] px-5 pt-[max(40px,12vh)] pb-16">
      <div className="mb-8">
        <Wordmark />
      </div>
      {children}
    </main>
  );
}
